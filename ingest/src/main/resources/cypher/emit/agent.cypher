// Who did an activity, or asked for it.
// Parameters: activity, id, name, kind. Cost: two index seeks.
CYPHER 25 replan=skip
MATCH (activity:Activity {id: $activity})
USING INDEX SEEK activity:Activity(id)
MERGE (agent:Agent {id: $id})
ON CREATE SET agent.name = $name, agent.kind = $kind
MERGE (activity)-[:ASSOCIATED_WITH]->(agent)
