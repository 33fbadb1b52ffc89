//! Looks at record batches with the engine: a cheap thing that every thread has one of.

use arrow_array::RecordBatch;

use super::cells::Cells;
use super::count::{Counted, Counter};
use super::engine::Engine;
use super::plan::CountPlan;
use super::repeats::Repeats;
use super::survey::{Survey, Surveyor};
use crate::model::{Fingerprinter, MentionBatch};

/// Surveys, counts, or does both in one pass.
#[derive(Debug)]
pub struct Worker<'e> {
    surveyor: Option<Surveyor<'e>>,
    counter: Option<Counter<'e>>,
    /// By column.
    repeats: Vec<Repeats>,
}

impl<'e> Worker<'e> {
    /// A worker for an object with this many columns that does nothing yet.
    pub fn new() -> Self {
        Self { surveyor: None, counter: None, repeats: Vec::new() }
    }

    /// The worker, also surveying.
    #[must_use]
    pub fn surveying(mut self, engine: &'e Engine, n_columns: usize) -> Self {
        self.surveyor = Some(Surveyor::new(engine, n_columns));
        self
    }

    /// The worker, also counting by `plan`. Whoever was born after `minor_after`, as the number `YYYYMMDD`, is under 14.
    #[must_use]
    pub fn counting(
        mut self,
        engine: &'e Engine,
        plan: &'e CountPlan,
        fingerprinter: &'e Fingerprinter,
        minor_after: u32,
    ) -> Self {
        self.counter = Some(Counter::new(engine, plan, fingerprinter, minor_after));
        self
    }

    /// Looks at a batch and adds those mentioned in it to `mentions`.
    pub fn add(&mut self, batch: &RecordBatch, mentions: &mut MentionBatch) {
        self.repeats.resize_with(batch.num_columns(), Repeats::default);
        let encoded = batch.columns().iter().zip(&mut self.repeats);
        let columns: Vec<Cells> = encoded.map(|(array, repeats)| repeats.encode(Cells::new(array))).collect();
        let watched = self.counter.as_ref().map_or(&[][..], Counter::watched);
        let fits = self.surveyor.as_mut().map(|surveyor| surveyor.add(batch, &columns, watched)).unwrap_or_default();
        if let Some(counter) = &mut self.counter {
            counter.add(batch, &columns, &fits, mentions);
        }
    }

    /// What was surveyed and what was counted.
    pub fn finish(self) -> (Option<Survey>, Option<Counted>) {
        (self.surveyor.map(Surveyor::finish), self.counter.map(Counter::finish))
    }
}

impl Default for Worker<'_> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, BinaryViewArray, Int64Array, RecordBatch};
    use proptest::prelude::*;

    use super::Worker;
    use crate::detect::examples::tests::built_in;
    use crate::detect::plan::plan;
    use crate::detect::{Adjustments, Weighed};
    use crate::model::{ClassSet, Fingerprinter, Key, MentionBatch};

    const HEADERS: [&str; 6] = ["身份证号", "手机号", "姓名", "车牌号", "会员编号", "联系人手机"];
    /// Of each column: values, nearly values, and what is neither.
    const VALUES: [&[&str]; 4] = [
        &["11010519491231002X", "11010519491231002x", "44011320141005001X", "440113201410050011", "", "无", "见备注"],
        &["13912045716", "+86 139-1204-5716", "１３９１２０４５７１６", "139****5716", "12345", "NULL", "010-62781234"],
        &["王小明", "张三", "欧阳娜娜", "王*", "李 雷", "", "某公司"],
        &["京A12345", "京A·12345", "粤B88888", "京A***45", "-", "无牌", "沪AD12345"],
    ];

    type Rows = Vec<([usize; 4], i64)>;

    fn batch(rows: &Rows) -> RecordBatch {
        let text = |at: usize| {
            let values = rows.iter().map(|(row, _)| VALUES[at][row[at] % VALUES[at].len()].as_bytes());
            Arc::new(BinaryViewArray::from_iter_values(values)) as ArrayRef
        };
        let mut columns: Vec<ArrayRef> = (0..4).map(text).collect();
        columns.push(Arc::new(rows.iter().map(|(_, number)| Some(*number)).collect::<Int64Array>()));
        let mobile =
            |number: i64| (number % 5 > 0).then_some(if number % 7 > 0 { 13_900_000_000 + number } else { number });
        columns.push(Arc::new(rows.iter().map(|(_, number)| mobile(*number)).collect::<Int64Array>()));
        RecordBatch::try_from_iter(HEADERS.into_iter().zip(columns)).unwrap()
    }

    fn mentions_of(batch: &MentionBatch) -> Vec<(Vec<Key>, ClassSet)> {
        batch.iter().map(|(keys, classes)| (keys.to_vec(), classes)).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn a_count_is_the_same_with_a_survey_beside_it_and_in_any_batches(
            rows in proptest::collection::vec((any::<[usize; 4]>(), 1_i64..30), 1..120),
            size in 1_usize..40,
        ) {
            let engine = built_in();
            let headers = HEADERS.map(String::from);
            let whole = batch(&rows);
            let mut surveyor = Worker::new().surveying(engine, headers.len());
            surveyor.add(&whole, &mut MentionBatch::default());
            let survey = surveyor.finish().0.unwrap();
            let weigh = |survey| Weighed::new(engine, "", &headers, survey, Adjustments::default());
            let plan = plan(engine, &headers, &weigh(&survey).judge(None), "");
            let fingerprinter = Fingerprinter::new(&[5; 16]);

            let (mut alone, mut beside) = (Vec::new(), Vec::new());
            let mut counter = Worker::new().counting(engine, &plan, &fingerprinter, 20_121_123);
            let mut both = Worker::new().counting(engine, &plan, &fingerprinter, 20_121_123).surveying(engine, headers.len());
            let mut mentions = MentionBatch::default();
            counter.add(&whole, &mut mentions);
            alone.extend(mentions_of(&mentions));
            for start in (0..rows.len()).step_by(size) {
                mentions.clear();
                both.add(&whole.slice(start, size.min(rows.len() - start)), &mut mentions);
                beside.extend(mentions_of(&mentions));
            }
            prop_assert_eq!(alone, beside);
            let (surveyed, counted) = both.finish();
            let one = weigh(&survey).judge(counter.finish().1.as_ref());
            prop_assert_eq!(one, weigh(&surveyed.unwrap()).judge(counted.as_ref()));
        }
    }
}
