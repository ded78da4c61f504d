export { createPostgresStorage, type PostgresStorage, type PostgresStorageOptions } from './create-postgres-storage.js'
