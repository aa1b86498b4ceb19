// How much the graph holds. Cost: four counts from the store's own statistics.
RETURN COUNT { (:Image) } AS images, COUNT { (:Inventory) } AS inventories,
       COUNT { (:Package) } AS packages, COUNT { (:File) } AS files
