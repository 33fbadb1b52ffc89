//! Which elements repeat: what a look through the document shows of its paths.

use std::collections::{HashMap, HashSet};

use super::elements::Visit;

/// The paths of a document.
#[derive(Debug)]
pub(super) struct Paths {
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    children: HashMap<Box<str>, usize>,
    /// Whether there is more than one somewhere in one parent.
    repeats: bool,
    /// Whether others stand between children of one name somewhere.
    is_mixed: bool,
}

/// The path of what stands in no element.
pub(super) const ROOT: usize = 0;

/// The path of all elements whose own is beyond the limit.
const OTHER: usize = 1;

/// A document with more paths has names that are values.
const MAX_PATHS: usize = 1 << 16;

impl Paths {
    /// The path of a child.
    pub(super) fn child(&self, parent: usize, name: &str) -> usize {
        self.nodes.get(parent).and_then(|node| node.children.get(name)).copied().unwrap_or(OTHER)
    }

    /// Whether the elements of a path form lists.
    pub(super) fn repeats(&self, path: usize) -> bool {
        path == OTHER || self.nodes.get(path).is_some_and(|node| node.repeats)
    }

    /// Whether the children of a path stand in one list, whatever they are called.
    pub(super) fn is_mixed(&self, path: usize) -> bool {
        path == OTHER || self.nodes.get(path).is_some_and(|node| node.is_mixed)
    }
}

/// Finds the paths of a document.
pub(super) struct Survey {
    paths: Paths,
    open: Vec<Level>,
}

struct Level {
    path: usize,
    seen: HashSet<usize>,
    last: Option<usize>,
}

impl Level {
    fn of(path: usize) -> Self {
        Self { path, seen: HashSet::new(), last: None }
    }
}

impl Survey {
    pub(super) fn new() -> Self {
        Self { paths: Paths { nodes: vec![Node::default(), Node::default()] }, open: vec![Level::of(ROOT)] }
    }

    pub(super) fn into_paths(self) -> Paths {
        self.paths
    }
}

impl Visit for Survey {
    fn open(&mut self, name: &str, _attributes: &[(String, String)]) {
        let Some(parent) = self.open.last_mut() else { return };
        let nodes = &mut self.paths.nodes;
        let next = nodes.len();
        let mut is_new = false;
        let child = match nodes.get_mut(parent.path) {
            Some(node) if parent.path != OTHER => match node.children.get(name) {
                Some(child) => *child,
                None if next < MAX_PATHS => {
                    node.children.insert(name.into(), next);
                    is_new = true;
                    next
                }
                None => OTHER,
            },
            _ => OTHER,
        };
        if is_new {
            nodes.push(Node::default());
        }
        if !parent.seen.insert(child) {
            if let Some(node) = nodes.get_mut(child) {
                node.repeats = true;
            }
            if parent.last != Some(child)
                && let Some(node) = nodes.get_mut(parent.path)
            {
                node.is_mixed = true;
            }
        }
        parent.last = Some(child);
        self.open.push(Level::of(child));
    }

    fn text(&mut self, _text: &str) {}

    fn close(&mut self, _name: &str) {
        self.open.pop();
    }
}
