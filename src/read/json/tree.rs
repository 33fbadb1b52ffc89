//! The paths that occur in records, as a tree that grows while records are read.

use std::collections::HashMap;

use super::keys;

/// The number of a node; the root is 0.
pub(super) type NodeId = usize;

/// The root: a record.
pub(super) const ROOT: NodeId = 0;

/// An object with more keys than this is no record but a table that is keyed by something.
const MAX_KEYS: usize = 2048;

/// A cell that is there so often in one record has one column for all the further times.
const MAX_TWINS: usize = 4;

/// A place in a record.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is noted by itself")]
pub(super) struct Node {
    /// Its flat path.
    name: String,
    /// The key by which its parent has it; empty for elements.
    key: String,
    /// The list whose elements it is one for each of; 0 for those of which there is one a record.
    pub(super) group: usize,
    children: Vec<NodeId>,
    by_key: HashMap<String, NodeId>,
    /// What its elements are, where it is a list.
    element: Option<NodeId>,
    /// The same place once more, for a key that an object has twice.
    twin: Option<NodeId>,
    n_twins: usize,
    /// Whether a value that is no object and no list was there, and whether nothing was (`null`, `{}`, `[]`).
    is_scalar: bool,
    is_blank: bool,
    /// Whether its keys are values too, so that it is a list of pairs.
    pub(super) is_map: bool,
    /// Whether what is here belongs to another table.
    pub(super) is_elsewhere: bool,
    /// How often it was an object, and how many members these had together.
    pub(super) objects: u64,
    pub(super) members: u64,
    /// How often it was a list, and how many elements these had together.
    pub(super) lists: u64,
    pub(super) elements: u64,
}

impl Node {
    /// Whether there was ever a value that is no object and no list.
    pub(super) fn has_values(&self) -> bool {
        self.is_scalar
    }
}

/// A column that the tree makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leaf {
    pub(super) node: NodeId,
    pub(super) name: String,
    pub(super) group: usize,
}

/// The tree.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    pub(super) n_groups: usize,
    /// Whether it has changed since this was set to false.
    pub(super) has_grown: bool,
}

impl Tree {
    /// A tree of nothing.
    pub(super) fn new() -> Self {
        Self { nodes: vec![Node::default()], n_groups: 1, has_grown: false }
    }

    /// A node; the root where there is none of this number.
    pub(super) fn node(&self, at: NodeId) -> Option<&Node> {
        self.nodes.get(at)
    }

    fn change(&mut self, at: NodeId, change: impl FnOnce(&mut Node)) {
        if let Some(node) = self.nodes.get_mut(at) {
            change(node);
        }
    }

    fn add(&mut self, node: Node) -> NodeId {
        self.has_grown = true;
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// The same before anything is noted, so that trees of parts can be put together.
    pub(super) fn uncounted(&self) -> Self {
        let mut tree = Self { has_grown: false, ..self.clone() };
        for node in &mut tree.nodes {
            (node.objects, node.members, node.lists, node.elements) = (0, 0, 0, 0);
        }
        tree
    }

    /// How many nodes there are.
    pub(super) fn n_nodes(&self) -> usize {
        self.nodes.len()
    }

    /// Notes an object; tells whether it is a list of pairs.
    pub(super) fn note_object(&mut self, at: NodeId) -> bool {
        self.change(at, |node| node.objects += 1);
        self.nodes.get(at).is_some_and(|node| node.is_map)
    }

    /// Notes a list, and gives what its elements are.
    pub(super) fn note_list(&mut self, at: NodeId) -> NodeId {
        self.change(at, |node| node.lists += 1);
        self.element(at)
    }

    /// Notes one more element of a list.
    pub(super) fn note_element(&mut self, list: NodeId) {
        self.change(list, |node| node.elements += 1);
    }

    /// Notes that a value was there.
    pub(super) fn note_scalar(&mut self, at: NodeId) {
        if let Some(node) = self.nodes.get_mut(at).filter(|node| !node.is_scalar) {
            node.is_scalar = true;
            self.has_grown = true;
        }
    }

    /// Notes that nothing was there.
    pub(super) fn note_blank(&mut self, at: NodeId) {
        if let Some(node) = self.nodes.get_mut(at).filter(|node| !node.is_blank) {
            node.is_blank = true;
            self.has_grown = true;
        }
    }

    /// What an object has under a key; `None` where its keys turn out to be values.
    pub(super) fn member(&mut self, at: NodeId, key: &str) -> Option<NodeId> {
        let node = self.nodes.get_mut(at)?;
        node.members += 1;
        if let Some(child) = node.by_key.get(key) {
            return Some(*child);
        }
        if keys::is_value(key) || node.children.len() >= MAX_KEYS {
            node.is_map = true;
            self.has_grown = true;
            return None;
        }
        Some(self.child(at, key))
    }

    fn child(&mut self, at: NodeId, key: &str) -> NodeId {
        let Some(parent) = self.nodes.get(at) else { return ROOT };
        if let Some(child) = parent.by_key.get(key) {
            return *child;
        }
        let shown = if key.is_empty() { "_" } else { key };
        let name = if parent.name.is_empty() { shown.to_owned() } else { format!("{}.{shown}", parent.name) };
        let child = self.add(Node { name, key: key.to_owned(), group: parent.group, ..Node::default() });
        self.change(at, |node| {
            node.children.push(child);
            node.by_key.insert(key.to_owned(), child);
        });
        child
    }

    /// What stands at a place of a list whose places have a meaning each.
    pub(super) fn place(&mut self, at: NodeId, name: &str) -> NodeId {
        self.child(at, name)
    }

    /// What the elements of a list are.
    pub(super) fn element(&mut self, at: NodeId) -> NodeId {
        let Some(parent) = self.nodes.get(at) else { return ROOT };
        if let Some(element) = parent.element {
            return element;
        }
        let name = if parent.name.is_empty() { "value[]".to_owned() } else { format!("{}[]", parent.name) };
        // Lists of lists of positions are positions still.
        let key = if is_position_key(&parent.key) { parent.key.clone() } else { String::new() };
        let element = self.add(Node { name, key, group: self.n_groups, ..Node::default() });
        self.n_groups += 1;
        self.change(at, |node| node.element = Some(element));
        element
    }

    /// The key and the value of a pair.
    pub(super) fn pair(&mut self, map: NodeId) -> (NodeId, NodeId) {
        let element = self.element(map);
        (self.child(element, "key"), self.child(element, "value"))
    }

    /// The same place once more.
    pub(super) fn twin(&mut self, at: NodeId) -> Option<NodeId> {
        let node = self.nodes.get(at)?;
        if node.twin.is_some() || node.n_twins >= MAX_TWINS {
            return node.twin;
        }
        let n_twins = node.n_twins + 1;
        let name = match node.name.rsplit_once('#') {
            Some((name, _)) if node.n_twins > 0 => format!("{name}#{}", n_twins + 1),
            _ => format!("{}#{}", node.name, n_twins + 1),
        };
        let twin = self.add(Node { name, group: node.group, n_twins, is_scalar: true, ..Node::default() });
        self.change(at, |node| node.twin = Some(twin));
        Some(twin)
    }

    /// Whether a list at this place is a position of GeoJSON (RFC 7946 section 3.1.1).
    pub(super) fn is_position(&self, at: NodeId) -> bool {
        self.nodes.get(at).is_some_and(|node| is_position_key(&node.key))
    }

    /// Whether what is here belongs to another table.
    pub(super) fn is_elsewhere(&self, at: NodeId) -> bool {
        self.nodes.get(at).is_some_and(|node| node.is_elsewhere)
    }

    /// What is reached from the root by these keys.
    pub(super) fn find(&self, path: &[String]) -> Option<NodeId> {
        path.iter().try_fold(ROOT, |at, key| self.nodes.get(at)?.by_key.get(key).copied())
    }

    /// Gives what is reached by these keys to another table.
    pub(super) fn give_away(&mut self, path: &[String]) {
        if let Some(at) = self.find(path) {
            self.change(at, |node| node.is_elsewhere = true);
        }
    }

    /// The keys of an object with what is there, in the order in which they first came.
    pub(super) fn members(&self, at: NodeId) -> impl Iterator<Item = (&str, NodeId)> {
        let children = self.nodes.get(at).map(|node| node.children.as_slice()).unwrap_or_default();
        children.iter().filter_map(|child| Some((self.nodes.get(*child)?.key.as_str(), *child)))
    }

    /// What its elements are, where it has any.
    pub(super) fn element_of(&self, at: NodeId) -> Option<NodeId> {
        self.nodes.get(at)?.element
    }

    /// What the values of its pairs are, where it is a list of pairs.
    pub(super) fn value_of(&self, at: NodeId) -> Option<NodeId> {
        let element = self.nodes.get(self.element_of(at)?)?;
        element.by_key.get("value").copied()
    }

    /// The columns, in the order in which their paths first came.
    pub(super) fn leaves(&self) -> Vec<Leaf> {
        let mut leaves = Vec::new();
        let mut next = vec![ROOT];
        while let Some(at) = next.pop() {
            let Some(node) = self.nodes.get(at).filter(|node| !node.is_elsewhere) else { continue };
            let is_bare = node.children.is_empty() && node.element.is_none();
            if node.is_scalar || (node.is_blank && is_bare && at != ROOT) {
                let name = if node.name.is_empty() { "value".to_owned() } else { node.name.clone() };
                leaves.push(Leaf { node: at, name, group: node.group });
            }
            next.extend(node.element);
            next.extend(node.children.iter().rev());
            next.extend(node.twin);
        }
        leaves
    }

    /// Notes everything that another tree has below one of its nodes below one of ours.
    pub(super) fn absorb(&mut self, other: &Self, from: NodeId, to: NodeId) {
        let mut pairs = vec![(from, to)];
        while let Some((from, to)) = pairs.pop() {
            let Some(node) = other.nodes.get(from) else { continue };
            self.change(to, |ours| {
                ours.is_scalar |= node.is_scalar;
                ours.is_blank |= node.is_blank;
                ours.is_elsewhere |= node.is_elsewhere;
                ours.objects += node.objects;
                ours.members += node.members;
                ours.lists += node.lists;
                ours.elements += node.elements;
            });
            if let Some(twin) = node.twin
                && let Some(to) = self.twin(to)
            {
                pairs.push((twin, to));
            }
            if let Some(element) = node.element {
                pairs.push((element, self.element(to)));
            }
            if self.is_table_of_pairs(other, node, to) {
                let (key, value) = self.pair(to);
                self.change(to, |node| node.is_map = true);
                self.change(key, |node| node.is_scalar = true);
                pairs.extend(node.children.iter().rev().map(|child| (*child, value)));
            } else {
                let children = node.children.iter().filter_map(|at| Some((*at, other.nodes.get(*at)?)));
                let mut added: Vec<_> = children.map(|(at, child)| (at, self.child(to, &child.key))).collect();
                added.reverse();
                pairs.append(&mut added);
            }
        }
    }

    fn is_table_of_pairs(&self, other: &Self, node: &Node, to: NodeId) -> bool {
        let is_known = node.is_map || self.nodes.get(to).is_some_and(|node| node.is_map);
        if is_known || node.children.len() > MAX_KEYS {
            return true;
        }
        let names: Vec<&str> = node.children.iter().filter_map(|at| Some(other.nodes.get(*at)?.key.as_str())).collect();
        let alike = node.children.iter().filter(|child| other.is_like_the_first(node, **child)).count();
        keys::are_values(&names, alike, node.members / node.objects.max(1))
    }

    /// Whether a member is an object with mostly the keys that the first one has, or a list as that one.
    fn is_like_the_first(&self, parent: &Node, child: NodeId) -> bool {
        let first = parent.children.first().and_then(|first| self.nodes.get(*first));
        let (Some(first), Some(child)) = (first, self.nodes.get(child)) else { return false };
        if first.element.is_some() || child.element.is_some() {
            return first.element.is_some() && child.element.is_some();
        }
        let shared = child.by_key.len() - child.children.iter().filter(|at| !self.has_key(first, **at)).count();
        shared > 0 && 2 * shared >= first.children.len().max(child.children.len())
    }

    fn has_key(&self, of: &Node, child: NodeId) -> bool {
        self.nodes.get(child).is_some_and(|child| of.by_key.contains_key(&child.key))
    }

    /// The same with objects that are keyed by values as lists of pairs.
    pub(super) fn settled(&self) -> Self {
        self.below(ROOT)
    }

    /// What is below a node, as a tree of its own.
    pub(super) fn below(&self, at: NodeId) -> Self {
        let mut tree = Self::new();
        tree.absorb(self, at, ROOT);
        tree.has_grown = false;
        tree
    }

    /// Notes what another tree's records have as objects, but not what they have as lists.
    pub(super) fn absorb_members(&mut self, other: &Self) {
        for (key, member) in other.members(ROOT) {
            let ours = self.child(ROOT, key);
            self.absorb(other, member, ours);
        }
    }

    /// The same with every object as a list of pairs, so that no key is in a name.
    pub(super) fn without_keys(&self) -> Self {
        let mut all = self.clone();
        for node in &mut all.nodes {
            node.is_map |= !node.children.is_empty();
        }
        all.settled()
    }
}

fn is_position_key(key: &str) -> bool {
    key == "coordinates"
}
