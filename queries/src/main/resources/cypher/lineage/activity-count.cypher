// Answers: how many activities used, made or changed some images.
// Parameters: ids (list), at (time or null)
// Cost: one index lookup for each image and one step for each of their activities.
CYPHER 25
UNWIND $ids AS id
MATCH (image:Image {id: id})
CALL (image) {
  MATCH (image)-[:GENERATED_BY]->(activity:Activity) RETURN activity
  UNION
  MATCH (image)<-[:USED|CHANGED]-(activity:Activity) RETURN activity
}
WITH DISTINCT activity, coalesce(activity.endedAt, activity.startedAt) AS ended
WHERE $at IS NULL OR ended <= $at
RETURN count(*) AS total
