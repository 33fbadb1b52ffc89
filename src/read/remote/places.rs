//! From what a user typed to a place, and the client that talks to it.

use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::http::HttpBuilder;
use object_store::{BackoffConfig, ClientOptions, ObjectStore, RetryConfig};
use reqwest::Url;

use super::runtime;

/// How places are reached, beside what the environment says in the ways of each provider.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// Where the buckets are, for a service that is compatible with the provider's.
    pub endpoint: Option<String>,
}

/// A place with what is asked of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) scheme: Scheme,
    /// How URIs of what is in it begin: `s3://bucket`, without credentials.
    pub(super) root: String,
    /// The bucket or container; of a web server the address of its root, or that of an object, with credentials.
    address: String,
    /// The key, the prefix or the pattern, without a `/` in front.
    pub(super) key: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    S3,
    Gcs,
    Azure,
    /// A folder of a web server that speaks `WebDAV`.
    WebFolder,
    /// One object of a web server.
    WebObject,
}

/// A place that answers with errors is asked so often more, at growing distances ...
const MOST_RETRIES: usize = 5;
/// ... and no more after this.
const RETRY_TIMEOUT: Duration = Duration::from_mins(1);

impl Target {
    /// `None` where it is a path of this machine; the reason where it is no place that is known.
    pub(super) fn parse(target: &str) -> Option<Result<Self, String>> {
        let (scheme, rest) = target.split_once("://")?;
        let scheme = match scheme {
            "s3" => Scheme::S3,
            "gs" => Scheme::Gcs,
            "az" => Scheme::Azure,
            "http" | "https" => return Some(Self::web(target)),
            _ if scheme.is_empty() || !scheme.chars().all(|c| c.is_ascii_alphanumeric()) => return None,
            _ => {
                let known = "places are `s3`, `gs`, `az`, `http` and `https`";
                let like_s3 = "; buckets of OSS, OBS, COS and MinIO are `s3://` with `--endpoint`";
                return Some(Err(format!("`{scheme}` is no place that is known: {known}{like_s3}")));
            }
        };
        let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.is_empty() {
            return Some(Err("the bucket is not named".to_owned()));
        }
        let root = target.get(..target.len() - rest.len() + bucket.len()).unwrap_or_default().to_owned();
        Some(Ok(Self { scheme, root, address: bucket.to_owned(), key: key.to_owned() }))
    }

    fn web(target: &str) -> Result<Self, String> {
        let mut url = Url::parse(target).map_err(|error| format!("not an address: {error}"))?;
        url.set_fragment(None);
        let mut shown = url.clone();
        shown.set_query(None);
        // Only addresses without a host refuse it.
        let _ = (shown.set_username(""), shown.set_password(None));
        let root = |url: &Url| {
            let mut root = url.clone();
            root.set_path("");
            root.to_string().trim_end_matches('/').to_owned()
        };
        if url.path().ends_with('/') && url.query().is_none() {
            let key = url.path().trim_start_matches('/').to_owned();
            return Ok(Self { scheme: Scheme::WebFolder, root: root(&shown), address: root(&url), key });
        }
        let shown = shown.to_string();
        Ok(Self { scheme: Scheme::WebObject, root: shown, address: url.to_string(), key: String::new() })
    }

    /// The client that talks to it. Credentials come from the environment, or from the machine that this runs on.
    pub(super) fn store(&self, access: &Access) -> object_store::Result<Arc<dyn ObjectStore>> {
        runtime::choose_tls();
        let endpoint = access.endpoint.clone();
        let plain = endpoint.as_ref().is_some_and(|endpoint| endpoint.starts_with("http://"));
        Ok(match self.scheme {
            Scheme::S3 => {
                let mut builder = AmazonS3Builder::from_env().with_bucket_name(&self.address).with_retry(retry());
                if let Some(endpoint) = endpoint {
                    builder = builder.with_endpoint(endpoint);
                }
                // Whoever names an endpoint without TLS means it.
                if plain || endpoint_of_environment_is_plain() {
                    builder = builder.with_allow_http(true);
                }
                Arc::new(builder.build()?)
            }
            Scheme::Gcs => {
                let mut builder =
                    GoogleCloudStorageBuilder::from_env().with_bucket_name(&self.address).with_retry(retry());
                if let Some(endpoint) = endpoint {
                    builder = builder.with_base_url(&endpoint);
                }
                if plain {
                    builder = builder.with_client_options(ClientOptions::new().with_allow_http(true));
                }
                Arc::new(builder.build()?)
            }
            Scheme::Azure => {
                let mut builder =
                    MicrosoftAzureBuilder::from_env().with_container_name(&self.address).with_retry(retry());
                if let Some(endpoint) = endpoint {
                    builder = builder.with_endpoint(endpoint);
                }
                if plain {
                    builder = builder.with_allow_http(true);
                }
                Arc::new(builder.build()?)
            }
            Scheme::WebFolder | Scheme::WebObject => {
                let options = ClientOptions::new().with_allow_http(true);
                let builder = HttpBuilder::new().with_url(&self.address).with_client_options(options);
                Arc::new(builder.with_retry(retry()).build()?)
            }
        })
    }
}

/// The names by which S3 clients know it.
fn endpoint_of_environment_is_plain() -> bool {
    let names = ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"];
    names.into_iter().any(|name| std::env::var(name).is_ok_and(|endpoint| endpoint.starts_with("http://")))
}

fn retry() -> RetryConfig {
    RetryConfig { backoff: BackoffConfig::default(), max_retries: MOST_RETRIES, retry_timeout: RETRY_TIMEOUT }
}

#[cfg(test)]
mod tests {
    use super::{Scheme, Target};

    #[test]
    fn places_are_told_from_paths() {
        let cases = [
            ("s3://b", Scheme::S3, "s3://b", ""),
            ("s3://b/", Scheme::S3, "s3://b", ""),
            ("s3://b/x/京 %.csv", Scheme::S3, "s3://b", "x/京 %.csv"),
            ("gs://b/x/*", Scheme::Gcs, "gs://b", "x/*"),
            ("az://c/x", Scheme::Azure, "az://c", "x"),
            ("http://u:secret@h:81/x/", Scheme::WebFolder, "http://h:81", "x/"),
            ("https://u:secret@h/x/a.csv?sig=secret#f", Scheme::WebObject, "https://h/x/a.csv", ""),
        ];
        for (target, scheme, root, key) in cases {
            let place = Target::parse(target).expect("a place").expect("a known one");
            assert_eq!((place.scheme, place.root.as_str(), place.key.as_str()), (scheme, root, key), "{target}");
        }
        for path in ["a", "/a/b", "C:/a", "a b://c"] {
            assert_eq!(Target::parse(path), None, "{path}");
        }
        for unknown in ["oss://b/x", "s3:///x", "http://"] {
            assert!(matches!(Target::parse(unknown), Some(Err(_))), "{unknown}");
        }
    }
}
