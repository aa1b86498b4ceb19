// Question: What do the failing machines have that the healthy ones lack?
// Parameter failing (list): names or ids of images that fail
// Parameter healthy (list): names or ids of images that do not
// Parameter share (number, 100): how many percent of the failing ones must have it
MATCH (image:Image)-[current:HAS_INVENTORY]->(inventory:Inventory)
WHERE current.until IS NULL AND (image.name IN $failing OR image.id IN $failing)
WITH collect(DISTINCT inventory) AS failing
MATCH (image:Image)-[current:HAS_INVENTORY]->(inventory:Inventory)
WHERE current.until IS NULL AND (image.name IN $healthy OR image.id IN $healthy)
WITH failing, collect(DISTINCT inventory) AS healthy
UNWIND failing AS inventory
MATCH (inventory)-[has:INSTALLS|ENABLES|MASKS|HAS_KERNEL|BOOTS_WITH|LISTENS_ON|CARRIES|HAS_ACCOUNT|CHECKED_AGAINST]->(thing)
WHERE coalesce(has.present, true)
WITH failing, healthy, type(has) AS relation, has.path AS path, thing, count(DISTINCT inventory) AS number
WHERE number * 100 >= size(failing) * $share
  AND NOT EXISTS { MATCH (other)-[also:INSTALLS|ENABLES|MASKS|HAS_KERNEL|BOOTS_WITH|LISTENS_ON|CARRIES|HAS_ACCOUNT|CHECKED_AGAINST]->(thing)
                   WHERE other IN healthy AND type(also) = relation AND coalesce(also.present, true)
                     AND (path IS NULL OR also.path = path) }
RETURN relation AS what, coalesce(path, thing.purl, thing.name, thing.file, thing.kernelVersion, thing.id) AS thing,
       number, size(failing) AS failingImages
ORDER BY number DESC, what, thing
