// Answers: the derivations that were recorded or observed among some images.
// Parameters: images (list)
// Cost: one index lookup for each image and one step for each of its parents.
CYPHER 25
UNWIND $images AS id
MATCH (child:Image {id: id})-[d:DERIVED_FROM]->(parent:Image)
WHERE d.basis <> 'INFERRED'
RETURN child.id AS childId, parent.id AS parentId, parent.name AS parentName, d.kind AS kind, d.basis AS basis
ORDER BY childId, parentId
LIMIT 10000
