export { createMydbStorage, type MydbStorageOptions } from './create-mydb-storage.js'
