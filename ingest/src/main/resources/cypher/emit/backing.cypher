// An image stands on another, as its header says. What its header said before and says no more is remembered as its former parent.
// Parameters: child, parent (ids of images; parent may be null), now. Cost: the derivations of one image.
MATCH (child:Image {id: $child})
CALL (child) {
  MATCH (child)-[stale:DERIVED_FROM {kind: 'backing-file', basis: 'OBSERVED'}]->(other:Image)
  WHERE $parent IS NULL OR other.id <> $parent
  CREATE (child)-[:HAD_PARENT {kind: stale.kind, basis: stale.basis, evidence: stale.evidence, since: stale.since, until: $now}]->(other)
  DELETE stale
}
MATCH (parent:Image {id: $parent})
MERGE (child)-[derived:DERIVED_FROM {kind: 'backing-file', basis: 'OBSERVED'}]->(parent)
ON CREATE SET derived.since = $now, derived.evidence = 'the header of the image names it'
