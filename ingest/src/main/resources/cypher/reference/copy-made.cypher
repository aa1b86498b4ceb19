// The copy that an activity has made, and its place; none when it has not come to that.
// Parameters: activity (id). Cost: one index lookup.
CYPHER 25
MATCH (activity:Activity {id: $activity})<-[:GENERATED_BY]-(image:Image)
OPTIONAL CALL (image, activity) {
  MATCH (image)<-[branch:HAS_BRANCH]-(:Image)<-[has:HAS_VERSION]-(chain:VersionChain) WHERE branch.since = activity.endedAt
  RETURN chain.name + ':' + has.number + '.' + toString(branch.number) AS branch LIMIT 1
}
RETURN image.id AS image, image.name AS name, branch
