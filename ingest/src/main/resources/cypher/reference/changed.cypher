// That somebody changed what is recorded of a version: its state, its place, a channel.
// Parameters: image, activity (ids), kind, from, to, message, parameters, now. Cost: one index seek.
MATCH (image:Image {id: $image})
CREATE (activity:Activity {id: $activity, kind: $kind, startedAt: $now, endedAt: $now, message: $message, parameters: $parameters})
CREATE (activity)-[:CHANGED {from: $from, to: $to}]->(image)
