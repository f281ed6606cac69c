//! What a screen reader hears: headings, paragraphs, rows as a table, drawings with their words.

use super::canvas::Role;
use krilla::tagging::{Identifier, Node, TableHeaderScope, Tag, TagGroup, TagTree};
use std::num::NonZeroU16;

/// The structure of the document from its pieces, in reading order.
pub fn tree(nodes: &[Role], parts: Vec<Vec<Identifier>>) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some("id".to_string()));
    let mut table: Option<TagGroup> = None;
    let mut row: Option<TagGroup> = None;
    for (role, ids) in nodes.iter().zip(parts) {
        let ids = ids.into_iter().map(Node::Leaf).collect::<Vec<_>>();
        if ids.is_empty() {
            continue;
        }
        if !matches!(role, Role::Label | Role::Value) {
            close(&mut tree, &mut table, &mut row);
        }
        match role {
            Role::Heading(level, title) => {
                let level = NonZeroU16::new((*level).into()).unwrap_or(NonZeroU16::MIN);
                tree.push(TagGroup::with_children(Tag::Hn(level, Some(title.clone())), ids));
            }
            Role::Text => tree.push(TagGroup::with_children(Tag::P, ids)),
            Role::Figure(alt) => tree.push(TagGroup::with_children(Tag::Figure(Some(alt.clone())), ids)),
            Role::Label => {
                if let (Some(table), Some(done)) = (table.as_mut(), row.take()) {
                    table.push(done);
                }
                table.get_or_insert_with(|| TagGroup::new(Tag::Table));
                row = Some(TagGroup::with_children(
                    Tag::TR,
                    vec![Node::Group(TagGroup::with_children(Tag::TH(TableHeaderScope::Row), ids))],
                ));
            }
            Role::Value => match row.as_mut() {
                Some(row) => row.push(TagGroup::with_children(Tag::TD, ids)),
                None => tree.push(TagGroup::with_children(Tag::P, ids)),
            },
        }
    }
    close(&mut tree, &mut table, &mut row);
    tree
}

fn close(tree: &mut TagTree, table: &mut Option<TagGroup>, row: &mut Option<TagGroup>) {
    if let Some(mut table) = table.take() {
        if let Some(row) = row.take() {
            table.push(row);
        }
        tree.push(table);
    }
}
