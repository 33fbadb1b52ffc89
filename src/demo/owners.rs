//! The register of owners: Parquet with a struct, a list of structs, dictionaries and three row groups.

use std::io;
use std::sync::Arc;

use arrow_array::{ArrayRef, Date32Array, Int32Array, ListArray, RecordBatch, StringArray, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;

use super::people::{Owner, People, Vehicle};
use super::{Object, Random, Truth, calendar};

/// Three row groups of the register, so that there is something to read in parallel.
const ROWS_PER_GROUP: usize = 4_000;

/// The register.
pub(super) fn owners(people: &People, truth: &mut Truth) -> io::Result<Object> {
    for owner in &people.owners {
        truth.owner(owner, &owner.resident_id);
    }
    let batch = batch(&people.owners).map_err(io::Error::other)?;
    let bytes = parquet(&batch).map_err(io::Error::other)?;
    Ok(Object { path: "owners/owners.parquet", rows: people.owners.len() as u64, bytes })
}

fn parquet(batch: &RecordBatch) -> Result<Vec<u8>, ParquetError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_max_row_group_row_count(Some(ROWS_PER_GROUP))
        .set_column_dictionary_enabled(ColumnPath::from("owner.id_no"), false)
        .build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties))?;
    writer.write(batch)?;
    writer.into_inner()
}

fn batch(owners: &[Owner]) -> Result<RecordBatch, ArrowError> {
    let mut random = Random::new(0x0002);
    let days: Vec<i64> = owners.iter().map(|_| random.between(0, 1_600)).collect();
    let odometers: Vec<i32> = owners.iter().map(|_| random.between(100, 180_000) as i32).collect();
    let registered = days.iter().map(|day| calendar::epoch_days(calendar::day_after_2022(*day)));
    let columns: [(&str, ArrayRef); 5] = [
        ("owner", Arc::new(persons(owners)?)),
        ("city", texts(owners.iter().map(|owner| owner.city))),
        ("registered_on", Arc::new(registered.map(Some).collect::<Date32Array>())),
        ("odometer_km", Arc::new(Int32Array::from(odometers))),
        ("vehicles", Arc::new(vehicles(owners)?)),
    ];
    let fields: Vec<Field> =
        columns.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), false)).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns.into_iter().map(|(_, array)| array).collect())
}

fn persons(owners: &[Owner]) -> Result<StructArray, ArrowError> {
    structs(vec![
        ("name", texts(owners.iter().map(|owner| owner.name.as_str()))),
        ("id_no", texts(owners.iter().map(|owner| owner.resident_id.as_str()))),
        ("mobile", texts(owners.iter().map(|owner| owner.mobile.as_str()))),
    ])
}

fn vehicles(owners: &[Owner]) -> Result<ListArray, ArrowError> {
    let all: Vec<&Vehicle> = owners.iter().flat_map(|owner| &owner.vehicles).collect();
    let values = structs(vec![
        ("vin", texts(all.iter().map(|vehicle| vehicle.vin.as_str()))),
        ("plate", texts(all.iter().map(|vehicle| vehicle.plate.as_str()))),
        ("model", texts(all.iter().map(|vehicle| vehicle.model))),
    ])?;
    let lengths = OffsetBuffer::from_lengths(owners.iter().map(|owner| owner.vehicles.len()));
    let item = Field::new_list_field(arrow_array::Array::data_type(&values).clone(), false);
    ListArray::try_new(Arc::new(item), lengths, Arc::new(values), None)
}

fn structs(columns: Vec<(&str, ArrayRef)>) -> Result<StructArray, ArrowError> {
    let fields: Fields = columns.iter().map(|(name, _)| Field::new(*name, DataType::Utf8, false)).collect();
    StructArray::try_new(fields, columns.into_iter().map(|(_, array)| array).collect(), None)
}

fn texts<'a>(values: impl Iterator<Item = &'a str>) -> ArrayRef {
    Arc::new(values.map(Some).collect::<StringArray>())
}
