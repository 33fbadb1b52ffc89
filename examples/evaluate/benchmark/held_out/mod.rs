//! Tables that detection is measured on, and was not tuned on.
//!
//! They follow the exports of systems as they are in use: a header `a|b|c` holds the spellings of one column, one for
//! each variant, so that every variant is the table of another system. A third of them and more hold nobody.
//!
//! In every generator `v` is the variant, `n` the number of rows, `p` who they are about, and `h` picks a header.

#![expect(clippy::many_single_char_names, reason = "the letters mean the same in every generator")]
#![expect(clippy::string_slice, reason = "what is cut is a number, a code or a name in Latin letters")]

// A generator reads as a table does, one column a line.
#[rustfmt::skip]
mod cars;
#[rustfmt::skip]
mod charging;
#[rustfmt::skip]
mod clinical;
mod draft;
#[rustfmt::skip]
mod finance;
#[rustfmt::skip]
mod hospital;
#[rustfmt::skip]
mod logistics;
#[rustfmt::skip]
mod office;
#[rustfmt::skip]
mod online;
#[rustfmt::skip]
mod open_data;
#[rustfmt::skip]
mod papers;
mod people;
#[rustfmt::skip]
mod retail;
#[rustfmt::skip]
mod technical;
#[rustfmt::skip]
mod trade;
#[rustfmt::skip]
mod travel;
#[rustfmt::skip]
mod words;

use super::Generator;

/// Every generator of this half.
pub(crate) fn generators() -> Vec<Generator> {
    [persons(), records(), nobody()].concat()
}

/// Tables about persons.
#[rustfmt::skip]
fn persons() -> Vec<Generator> {
    vec![
        ("his_patients", 5, hospital::patients),
        ("his_outpatients", 5, hospital::outpatients),
        ("case_front_pages", 6, hospital::front_pages),
        ("lis_results", 5, hospital::laboratory),
        ("prescriptions", 4, hospital::prescriptions),
        ("clinical_texts", 4, hospital::reports),
        ("vaccinations", 3, hospital::vaccinations),
        ("health_checks", 4, hospital::health_checks),
        ("sdtm", 7, clinical::sdtm),
        ("edc_forms", 4, clinical::edc_forms),
        ("screening_log", 4, clinical::screening_log),
        ("safety_reports", 5, clinical::safety_reports),
        ("patient_variants", 3, clinical::variants),
        ("bank_customers", 5, finance::bank_customers),
        ("account_statements", 5, finance::statements),
        ("loans", 4, finance::loans),
        ("payroll", 5, finance::payroll),
        ("life_policies", 5, finance::life_policies),
        ("motor_policies", 5, finance::motor_policies),
        ("motor_claims", 4, finance::claims),
        ("wallet_payments", 3, finance::payments),
        ("expense_claims", 3, finance::expenses),
        ("insured_persons", 3, finance::pensions),
        ("vehicle_sales", 6, cars::sales),
        ("repair_orders", 5, cars::repairs),
        ("tbox_terminals", 3, cars::terminals),
        ("driver_files", 6, cars::drivers),
        ("traffic_violations", 4, cars::violations),
        ("parking", 4, cars::parking),
        ("ride_orders", 4, cars::rides),
        ("driving_school", 3, cars::learners),
        ("waybills", 6, logistics::waybills),
        ("customs_declarations", 4, logistics::customs),
        ("delivery_notes", 4, logistics::delivery_notes),
        ("gate_bookings", 3, logistics::gate_bookings),
        ("reservations", 5, travel::reservations),
        ("flight_manifests", 4, travel::manifests),
        ("crew_rosters", 4, travel::crews),
        ("hotel_guests", 6, travel::guests),
        ("rail_tickets", 3, travel::rail),
        ("visa_applicants", 4, travel::visas),
        ("retail_members", 6, retail::members),
        ("platform_orders", 6, retail::platform_orders),
        ("shop_orders", 5, retail::shop_software),
        ("service_tickets", 4, retail::tickets),
        ("short_messages", 3, retail::messages),
        ("web_forms", 4, retail::forms),
        ("product_reviews", 3, retail::reviews),
        ("employees", 5, office::employees),
        ("attendance", 4, office::attendance),
        ("pupils", 5, office::pupils),
        ("exam_scores", 3, office::scores),
        ("call_records", 5, office::calls),
        ("estate_residents", 4, office::residents),
        ("visitors", 4, office::visitors),
        ("job_applicants", 3, office::applicants),
        ("subscribers", 4, office::subscribers),
        ("subsidy_recipients", 4, office::recipients),
        ("care_homes", 3, office::care_homes),
        ("app_accounts", 5, online::accounts),
        ("app_events", 4, online::events),
        ("access_logs", 4, online::access_logs),
        ("customer_dialogues", 3, online::dialogues),
        ("biometrics", 3, online::biometrics),
        ("sign_ins", 4, online::sign_ins),
        ("neighbours", 4, papers::neighbours),
        ("expatriates", 3, papers::expatriates),
        ("soldiers", 3, papers::soldiers),
        ("securities_accounts", 4, papers::accounts),
        ("image_series", 3, papers::image_series),
        ("bus_trips", 3, papers::buses),
    ]
}

/// Records of vehicles, goods, charging, texts and hospitals, with persons or without.
#[rustfmt::skip]
fn records() -> Vec<Generator> {
    vec![
        ("vehicle_tracks", 7, cars::tracks),
        ("vehicle_telemetry", 4, cars::telemetry),
        ("traffic_flow", 5, cars::flow),
        ("freight_orders", 5, logistics::freight),
        ("charging_stations", 4, charging::stations),
        ("charging_connectors", 4, charging::connectors),
        ("charging_orders", 6, charging::orders),
        ("charging_bills", 4, charging::bills),
        ("charging_statistics", 4, charging::statistics),
        ("ocpp", 3, charging::ocpp),
        ("training_corpora", 6, online::corpora),
        ("hospital_resources", 4, open_data::hospital_resources),
    ]
}

/// Tables about nobody.
#[rustfmt::skip]
fn nobody() -> Vec<Generator> {
    vec![
        ("sales_lines", 6, trade::sales_lines),
        ("long_numbers", 6, trade::long_numbers),
        ("snowflakes", 4, trade::snowflakes),
        ("product_catalogues", 5, trade::catalogue),
        ("invoices", 5, trade::invoices),
        ("companies", 5, trade::companies),
        ("parts_lists", 4, trade::parts),
        ("stock_lots", 4, trade::lots),
        ("parcel_tracking", 4, trade::tracking),
        ("till_receipts", 5, trade::receipts),
        ("ledger_vouchers", 4, trade::vouchers),
        ("projects", 4, trade::projects),
        ("tariffs", 4, trade::tariffs),
        ("vehicle_models", 4, trade::models),
        ("device_stock", 4, trade::device_stock),
        ("production_tests", 5, trade::production),
        ("weather", 5, open_data::weather),
        ("environment", 4, open_data::environment),
        ("aggregates", 4, open_data::aggregates),
        ("points_of_interest", 5, open_data::places),
        ("stops", 4, open_data::stops),
        ("names_of_things", 5, open_data::names_of_things),
        ("region_codes", 3, open_data::regions),
        ("department_figures", 3, open_data::department_figures),
        ("timetables", 4, open_data::timetables),
        ("medicines", 5, open_data::medicines),
        ("clinical_dictionaries", 4, open_data::dictionaries),
        ("books", 3, open_data::books),
        ("number_plans", 4, open_data::number_plans),
        ("bank_branches", 3, open_data::branches),
        ("buildings", 4, open_data::buildings),
        ("schema_documents", 5, technical::schemas),
        ("code_tables", 4, technical::code_tables),
        ("translations", 3, technical::translations),
        ("server_metrics", 4, technical::servers),
        ("sensor_readings", 5, technical::sensors),
        ("quotations", 4, technical::quotations),
        ("measurements", 5, technical::measurements),
        ("anonymous_surveys", 3, technical::surveys),
        ("reference_databases", 4, technical::references),
        ("campaign_figures", 5, technical::campaigns),
        ("grids", 4, technical::grids),
        ("software", 4, technical::software),
    ]
}
