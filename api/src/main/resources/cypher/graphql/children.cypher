// Derivations of children. Parameter: ids. Cost: one step a derivation.
UNWIND $ids AS id
MATCH (:Image {id: id})<-[d:DERIVED_FROM]-(i:Image)
RETURN id AS key, d {.kind, .basis, .confidence, .evidence, .since, image: i {.id, .name, .description, .format, .location, .virtualBytes, .allocatedBytes, .modifiedAt, .state}} AS value
ORDER BY i.name, i.id LIMIT 100000
