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
    RETURN child.name ORDER BY child.name LIMIT 10
  } AS children
