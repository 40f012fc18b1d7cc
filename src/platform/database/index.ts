// The public interface to PostgreSQL. The application works as the role `sekisho_app`, which owns nothing and has only the rights that the
// migrations grant; migrations run as the owner.

export { admitApplication, APPLICATION, withholdTemporary } from './application.ts';
export { changesOf } from './changes.ts';
export { openDatabase, type Database, type Queryable, type Tx } from './database.ts';
export { passably, startEmbedded, visitEmbedded, type EmbeddedServer } from './embedded.ts';
export { migrate, migrationsApplied } from './migrate.ts';
export { keepPresence, whileClosed } from './presence.ts';
export { awaySince, canOnlyBeRead, wasLost } from './reach.ts';
export { checkOutside, enterOutside, outsideAddress, rightsProblem } from './outside.ts';
export { uuidArray, textArray, byteaArray, int4Array, timestampArray } from './arrays.ts';
export { rowType, type Rows } from './rows.ts';
