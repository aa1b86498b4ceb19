// Answers: ids of images that derive from others, in the order of their ids, after one.
// Parameters: after (text), limit (number)
// Cost: one step of the index for each image that is looked at.
CYPHER 25
MATCH (image:Image)
WHERE image.id > $after AND coalesce(image.state, 'ACTIVE') <> 'DELETED'
  AND EXISTS { (image)-[d:DERIVED_FROM]->() WHERE d.basis <> 'INFERRED' }
RETURN image.id AS id
ORDER BY id
LIMIT $limit
