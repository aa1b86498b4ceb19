// Question: Which images have the same SSH host key?
// Parameter least (number, 2): how many images must share it
MATCH (key:SshKey)<-[:HAS_HOST_KEY]-(inventory:Inventory)<-[current:HAS_INVENTORY]-(image:Image)
WHERE current.until IS NULL
WITH key, collect(DISTINCT image.name) AS images, count(DISTINCT image) AS number
WHERE number >= $least
RETURN key.id AS key, key.keyType AS type, number, images
ORDER BY number DESC, key
