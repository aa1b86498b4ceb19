// Answers: which of some images hold a content now, and which of them were indexed with their files.
// Parameters: ids (list), digest (text)
// Cost: one walk upwards from the content to all inventories that hold it, and one index lookup for each image.
CYPHER 25
OPTIONAL MATCH (file:File {id: $digest})
CALL (file) {
  OPTIONAL MATCH (file)<-[:ENTRY|CHUNK|ROOT|HOLDS|HAS_PARTITION|HAS_VOLUME*1..]-(holder:Inventory)
  RETURN collect(DISTINCT holder.id) AS holders
}
UNWIND $ids AS id
MATCH (image:Image {id: id})-[has:HAS_INVENTORY]->(inventory:Inventory)
WHERE has.until IS NULL
RETURN id, inventory.id IN holders AS holds, inventory.level = 'full' AS told
