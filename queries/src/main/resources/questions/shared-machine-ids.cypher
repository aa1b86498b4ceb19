// Question: Which images have the same machine-id?
// Parameter least (number, 2): how many images must share it
MATCH (identity:HostIdentity)<-[:IDENTIFIED_BY]-(inventory:Inventory)<-[current:HAS_INVENTORY]-(image:Image)
WHERE current.until IS NULL AND identity.machineIdState = 'set'
WITH identity.machineId AS machineId, collect(DISTINCT image.name) AS images, count(DISTINCT image) AS number
WHERE number >= $least
RETURN machineId, number, images
ORDER BY number DESC, machineId
