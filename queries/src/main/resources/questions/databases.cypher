// Question: Which database systems do we run, and on which images?
// Parameter role (text, database-server): another role to ask for
MATCH (:Role {id: $role})<-[has:HAS_ROLE]-(inventory:Inventory)<-[current:HAS_INVENTORY]-(image:Image)
WHERE current.until IS NULL
RETURN image.name AS image, image.state AS state, has.reasons AS because, image.location AS location
ORDER BY image, location
