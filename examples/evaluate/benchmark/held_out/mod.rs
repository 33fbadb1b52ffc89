//! Tables that detection is measured on, and was not tuned on.

mod draft;
mod hospital;
mod people;
mod words;

use super::Generator;

/// Every generator of this half.
pub(crate) fn generators() -> Vec<Generator> {
    vec![
        ("his_patients", 5, hospital::patients),
        ("his_outpatients", 5, hospital::outpatients),
        ("case_front_pages", 6, hospital::front_pages),
        ("lis_results", 5, hospital::laboratory),
        ("prescriptions", 4, hospital::prescriptions),
        ("clinical_texts", 4, hospital::reports),
        ("vaccinations", 3, hospital::vaccinations),
        ("health_checks", 4, hospital::health_checks),
    ]
}
