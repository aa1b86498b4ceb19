// What search asks for beside names. The two relationship indexes find a file by its name in whichever directory it
// lies, and the packages that brought a path. An index key holds 8,167 bytes: writers bound what they put in.
CREATE INDEX image_name IF NOT EXISTS FOR (n:Image) ON (n.name);
CREATE TEXT INDEX image_name_text IF NOT EXISTS FOR (n:Image) ON (n.name);
CREATE INDEX image_modified IF NOT EXISTS FOR (n:Image) ON (n.modifiedAt);
CREATE INDEX repository_name IF NOT EXISTS FOR (n:Repository) ON (n.name);
CREATE INDEX operating_system_distribution IF NOT EXISTS FOR (n:OperatingSystem) ON (n.distribution, n.version);
CREATE INDEX package_name IF NOT EXISTS FOR (n:Package) ON (n.name);
CREATE TEXT INDEX package_name_text IF NOT EXISTS FOR (n:Package) ON (n.name);
CREATE INDEX package_version_source IF NOT EXISTS FOR (n:PackageVersion) ON (n.source);
CREATE INDEX observation_code IF NOT EXISTS FOR (n:Observation) ON (n.code);
CREATE INDEX activity_started IF NOT EXISTS FOR (n:Activity) ON (n.startedAt);
CREATE INDEX file_system_uuid IF NOT EXISTS FOR (n:FileSystem) ON (n.uuid);
CREATE INDEX entry_name IF NOT EXISTS FOR ()-[r:ENTRY]-() ON (r.name);
CREATE INDEX owns_path IF NOT EXISTS FOR ()-[r:OWNS]-() ON (r.path);
