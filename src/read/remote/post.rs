//! Sends a message to an address.

use std::time::Duration;

use super::runtime;

const TIMEOUT: Duration = Duration::from_secs(30);

/// Posts JSON. What went wrong is told without the address, which often is a secret itself.
pub fn post_json(address: &str, body: String) -> Result<(), String> {
    runtime::choose_tls();
    let answer = runtime::wait(async {
        let client = reqwest::Client::builder().timeout(TIMEOUT).build()?;
        let request = client.post(address).header("content-type", "application/json").body(body);
        request.send().await?.error_for_status()
    });
    let told = |error: reqwest::Error| match error.status() {
        Some(status) => format!("it answered with status {}", status.as_u16()),
        None if error.is_timeout() => "it did not answer in time".to_owned(),
        None if error.is_builder() => "it is not an address".to_owned(),
        None => "no connection".to_owned(),
    };
    answer.map_err(|error| error.to_string())?.map(drop).map_err(told)
}
