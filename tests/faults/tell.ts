// Tells the desk what is due and sends the letters, at a given instant: `node <this> <data folder> <instant>`.

import path from 'node:path';
import { loadAccessPolicies, openAccess } from '../../src/features/access/index.ts';
import { tellClocks } from '../../src/features/desk/actions/tell.ts';
import { equip } from '../../src/office.ts';
import { standingClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { openDatabase } from '../../src/platform/database/index.ts';

const [dataFolder = '', at = ''] = process.argv.slice(2);
const config = readConfig(process.env, { dataFolder });
const database = openDatabase(config.databaseUrl ?? '', { role: 'sekisho_app' });
const office = await equip(config, standingClock(at), database);
const access = await openAccess(office, await loadAccessPolicies(path.resolve('policies/access.cedar')));
console.log('ready');
await tellClocks({ office, access });
while (await office.mail.sendNext());
await database.close();
