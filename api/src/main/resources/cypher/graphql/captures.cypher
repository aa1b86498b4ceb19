// What was captured of machines. Parameter: ids. Cost: one step an activity that used them.
UNWIND $ids AS id
MATCH (:Machine {id: id})<-[:USED]-(activity:Activity {kind: 'capture'})<-[:GENERATED_BY]-(i:Image)
RETURN id AS key, {capturedAt: activity.endedAt, image: i {.id, .name, .description, .format, .location, .virtualBytes, .allocatedBytes, .modifiedAt, .state}} AS value
ORDER BY activity.endedAt DESC LIMIT 100000
