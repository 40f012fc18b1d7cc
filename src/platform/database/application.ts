// The application's role. Its rights on tables are in the migrations; here are the settings for the database and the server as a whole. Neither a
// dump nor a template carries them along, so they are set at every start.

import { StartProblem } from '../start-problem.ts';
import type { Database } from './database.ts';

export const APPLICATION = 'sekisho_app';

const WITHHOLDING = 0x5e_41_5e_42;

/**
 * Lets only the owner create temporary tables: they could shadow the tables that a function with the owner's rights queries. So could any table in
 * `public`, which a migration prevents. Throws StartProblem when the user may not revoke these rights; the server itself only warns.
 */
export async function withholdTemporary(owner: Database): Promise<void> {
  // Two simultaneous starts would update the same row.
  await owner.query(
    `DO $$ BEGIN
       PERFORM pg_advisory_xact_lock(${WITHHOLDING});
       IF has_database_privilege('${APPLICATION}', current_database(), 'TEMPORARY') THEN
         EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC, ${APPLICATION}', current_database());
       END IF;
     END $$`,
    [],
  );
  const [row] = await owner.query<{ may: boolean }>(
    `SELECT has_database_privilege($1, current_database(), 'TEMPORARY') OR has_schema_privilege($1, 'public', 'CREATE') AS may`,
    [APPLICATION],
  );
  if (row!.may)
    throw new StartProblem(
      'DATABASE_URL の利用者を、データベースとそのスキーマ public の所有者にしてください。所有者でなければ、アプリケーションに表を作らせないようにできません。',
      'Make the user of DATABASE_URL the owner of the database and its schema public. Only the owner can keep the application from making tables.',
    );
}

/**
 * Lets the application log in as itself, so that none of its statements can switch back to the owner. Only on the embedded server, which is ours
 * alone.
 */
export async function admitApplication(owner: Database): Promise<void> {
  await owner.query(`ALTER ROLE ${APPLICATION} LOGIN`, []);
}
