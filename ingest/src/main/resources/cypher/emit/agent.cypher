// Who did an activity, or asked for it.
// Parameters: activity, id, name, kind. Cost: two index seeks.
MATCH (activity:Activity {id: $activity})
MERGE (agent:Agent {id: $id})
ON CREATE SET agent.name = $name, agent.kind = $kind
MERGE (activity)-[:ASSOCIATED_WITH]->(agent)
