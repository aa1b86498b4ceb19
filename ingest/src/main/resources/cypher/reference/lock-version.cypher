// Keeps others from a version until the transaction ends, and says what stands in the way of changing its state.
// Parameters: image (id), now. Cost: its channels and what derives from it.
CYPHER 25
MATCH (image:Image {id: $image})
SET image.stateChangedAt = $now
WITH image
RETURN image.state AS state, image.collectedAt IS NOT NULL AS collected,
  COLLECT { MATCH (image)<-[:POINTS_TO]-(channel:Channel) RETURN channel.name ORDER BY channel.name LIMIT 10 } AS channels,
  COLLECT {
    MATCH (image)<-[d:DERIVED_FROM]-(child:Image)
    WHERE d.basis <> 'INFERRED' AND child.state <> 'DELETED'
    RETURN child.name + CASE child.state WHEN 'MISSING' THEN ' (missing)' ELSE '' END AS name ORDER BY name LIMIT 10
  } AS children,
  COLLECT { MATCH (image)<-[runs:DEPLOYED_FROM]-(machine:Machine) WHERE runs.until IS NULL RETURN machine.name ORDER BY machine.name LIMIT 10 } AS machines
