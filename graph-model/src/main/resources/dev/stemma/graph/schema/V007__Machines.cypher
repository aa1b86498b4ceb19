// Machines that run images: found by id, and by the name that people know them by.
CREATE CONSTRAINT machine_id IF NOT EXISTS FOR (n:Machine) REQUIRE n.id IS UNIQUE;
CREATE INDEX machine_name IF NOT EXISTS FOR (n:Machine) ON (n.name);
