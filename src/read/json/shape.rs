//! Finds the tables in a document: where its records are.

use super::place::Records;
use super::tree::{Node, NodeId, ROOT, Tree};

/// A list of objects with so many elements is a table whatever it is called; what belongs to one record is shorter.
const MANY: u64 = 16;

/// Keys under which answers of programs have their records, however few these are.
const WRAPPERS: [&str; 12] = [
    "data", "list", "rows", "records", "record", "result", "results", "features", "entry", "hits", "sessions",
    "objects",
];

/// More tables than this are no tables but lists in one record.
const MAX_TABLES: usize = 64;

/// Records are lists no longer than this, if their places are columns.
const MAX_PLACES: u64 = 1024;

/// A table of a document.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// The keys that lead to it, joined by points; `None` for what stands in no other table.
    pub(super) name: Option<String>,
    pub(super) records: Records,
    pub(super) tree: Tree,
}

/// What the records of text are whose values stand one behind the other.
pub(super) fn of_values(tree: &Tree) -> Records {
    let Some(root) = tree.node(ROOT) else { return Records::Values { have_places: false } };
    if root.lists == 0 {
        return Records::Values { have_places: false };
    }
    let has_values = tree.element_of(ROOT).and_then(|at| tree.node(at)).is_none_or(Node::has_values);
    if has_values && root.objects == 0 && root.elements <= MAX_PLACES.saturating_mul(root.lists) {
        return Records::Values { have_places: true };
    }
    elements(tree, ROOT, Vec::new())
}

/// The tables of a document, which is one value or several.
pub(super) fn tables(tree: &Tree, n_values: u64) -> Vec<Table> {
    let root = tree.node(ROOT);
    if n_values != 1 {
        return vec![whole(of_values(tree), tree)];
    }
    if root.is_some_and(|root| root.lists > 0) {
        return vec![whole(elements(tree, ROOT, Vec::new()), tree)];
    }
    if root.is_some_and(|root| root.is_map) {
        return vec![whole(Records::Members { path: Vec::new() }, tree)];
    }
    let mut paths = Vec::new();
    find(tree, ROOT, &mut Vec::new(), &mut paths);
    paths.truncate(MAX_TABLES);
    let mut rest = tree.clone();
    let mut tables = Vec::new();
    for records in paths {
        if let Records::Elements { path, .. } | Records::Members { path } = &records {
            rest.give_away(path);
            tables.push(Table { name: Some(path.join(".")), tree: tree_of(tree, &records), records });
        }
    }
    if tables.is_empty() || !rest.leaves().is_empty() {
        tables.push(Table { name: None, records: Records::Values { have_places: false }, tree: rest });
    }
    tables
}

fn whole(records: Records, tree: &Tree) -> Table {
    Table { name: None, tree: tree_of(tree, &records), records }
}

/// What is in the records, as a tree of its own.
fn tree_of(tree: &Tree, records: &Records) -> Tree {
    match records {
        Records::Values { .. } => tree.clone(),
        Records::Elements { path, .. } => {
            let list = tree.find(path);
            let mut below = list.and_then(|list| tree.element_of(list)).map_or_else(Tree::new, |at| tree.below(at));
            if path.is_empty() && tree.node(ROOT).is_some_and(|root| root.objects > 0) {
                // Objects beside the lists are records too.
                below.absorb_members(tree);
            }
            below
        }
        Records::Members { path } => {
            let map = tree.find(path);
            let mut below = map.and_then(|map| tree.value_of(map)).map_or_else(Tree::new, |at| tree.below(at));
            let key = below.place(ROOT, "key");
            below.note_scalar(key);
            below
        }
    }
}

/// The elements of a list as records; where these are lists with values, their places are columns.
fn elements(tree: &Tree, list: NodeId, path: Vec<String>) -> Records {
    let element = tree.element_of(list);
    let node = element.and_then(|at| tree.node(at));
    let inner = element.and_then(|at| tree.element_of(at)).and_then(|at| tree.node(at));
    let have_places = node.is_some_and(|node| {
        let is_short = node.elements <= MAX_PLACES.saturating_mul(node.lists);
        node.lists > 0 && node.objects == 0 && is_short && inner.is_none_or(Node::has_values)
    });
    Records::Elements { path, have_places }
}

fn find(tree: &Tree, at: NodeId, path: &mut Vec<String>, found: &mut Vec<Records>) {
    for (key, child) in tree.members(at) {
        let Some(node) = tree.node(child) else { continue };
        path.push(key.to_owned());
        if node.is_map && is_table_of_pairs(tree, child, node) {
            found.push(Records::Members { path: path.clone() });
        } else if node.lists == 1 && node.objects == 0 && is_table(tree, child, key) {
            found.push(elements(tree, child, path.clone()));
        } else if node.objects == 1 && node.lists == 0 && !node.is_map {
            find(tree, child, path, found);
        }
        path.pop();
    }
}

fn is_table_of_pairs(tree: &Tree, at: NodeId, node: &Node) -> bool {
    let of_objects = tree.value_of(at).and_then(|at| tree.node(at)).is_some_and(|value| value.objects > 0);
    node.objects == 1 && (of_objects || node.members >= MANY)
}

fn is_table(tree: &Tree, at: NodeId, key: &str) -> bool {
    let (Some(list), Some(element)) = (tree.node(at), tree.element_of(at).and_then(|at| tree.node(at))) else {
        return false;
    };
    let is_many = list.elements >= MANY;
    let is_named = WRAPPERS.iter().any(|word| key.eq_ignore_ascii_case(word));
    (element.objects > 0 && (is_many || is_named)) || (element.lists > 0 && is_many && !tree.is_position(at))
}
