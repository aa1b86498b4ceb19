// The branch that an activity has opened; none when it has not.
// Parameters: activity (id). Cost: one index lookup.
CYPHER 25
MATCH (activity:Activity {id: $activity})<-[:GENERATED_BY]-(image:Image)<-[branch:HAS_BRANCH]-(version:Image)
WHERE branch.since = activity.endedAt
MATCH (chain:VersionChain)-[has:HAS_VERSION]->(version)
RETURN image.id AS id, image.name AS name, chain.name AS chain, has.number + '.' + toString(branch.number) AS number
