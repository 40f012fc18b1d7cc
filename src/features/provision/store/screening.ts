// Who a package is about, in classes of persons of whom the registers say the same, and who of them is let in. Opens no record.

import { uuidArray, type Tx } from '../../../platform/database/index.ts';
import { runParts, type Part } from '../../../platform/statement.ts';
import type { KeptOut } from '../../checkpoint/index.ts';
import type { PersonClass } from '../facts.ts';
import type { PackageRow } from '../tables.ts';

/** What the vault and the consents say of everybody, as the parts with the CTEs `held` and `standing_consents`; and who is kept out by a stop. */
export interface Known {
  held: Part;
  consents: Part;
  stopped: readonly KeptOut[];
  /** The provision would rest on an opt-out, which lets out nobody who asked that it stop (27(2)). */
  byOptOut: boolean;
  /** For a provision that is a use too: the part with the CTE `use_objected_principals`, of those who asked that the use stop. Null for any other. */
  uses: Part | null;
}

type StopKind = NonNullable<PersonClass['stopped']>;

/** The distinct kinds of stop, and the index of the kind of each stop. Grouping persons by that index is quicker than by the whole content. */
function kindsOf(stopped: readonly KeptOut[]): { kinds: StopKind[]; of: number[] } {
  const kinds: StopKind[] = [];
  const places = new Map<string, number>();
  const of = stopped.map(({ stop }) => {
    const { from: _, ...kind } = stop;
    const key = JSON.stringify(kind);
    if (!places.has(key)) places.set(key, kinds.push(kind) - 1);
    return places.get(key)!;
  });
  return { kinds, of };
}

/** SQL: whether the person `h` asked that it stop. */
const objecting = ({ byOptOut, uses }: Known): string => {
  if (!byOptOut && !uses) return 'false';
  return `coalesce(h.principal_id IN (SELECT principal_id FROM ${uses ? 'use_' : ''}objected_principals), false)`;
};

/** What the statements differ in. */
const kindOf = ({ byOptOut, uses }: Known): string => `${byOptOut ? '.opt-out' : ''}${uses ? '.use' : ''}`;

/** The parts with what is known, before `listing`. */
const knowing = ({ held, consents, uses }: Known): Part[] => [held, consents, ...(uses ? [uses] : [])];

const stops = `stops AS (SELECT * FROM unnest($2::uuid[], $3::int[], $4::date[]) AS k (principal_id, stop, until_consent))`;

/** Whose classes are asked for: of everybody in the holding, of the package's list, or of these persons. */
type Among = readonly string[] | undefined;

const whose = ({ everybody }: Pick<PackageRow, 'everybody'>, among: Among): 'among' | 'everybody' | 'listed' =>
  among ? 'among' : everybody ? 'everybody' : 'listed';

/**
 * Gives the CTE `listed (principal_id, held, held_for, would, stopped, until_consent, objected)`: who is asked about, whether the holding keeps
 * something about them, and what they had stopped. Comes after the parts of `knowing`. `stopped` is the index of the kind; a stop of provision
 * holds until a consent after its day. `objected` is only looked at for an opt-out and for what is a use too.
 */
const listing = (row: Pick<PackageRow, 'id' | 'everybody'>, known: Known, among?: Among): Part => ({
  name: `package.${whose(row, among)}${kindOf(known)}`,
  sql:
    whose(row, among) === 'everybody'
      ? `${stops},
listed AS NOT MATERIALIZED (
  SELECT h.principal_id, true AS held, h.held_for, h.would, x.stop AS stopped, x.until_consent,
    ${objecting(known)} AS objected
  FROM held h LEFT JOIN stops x ON x.principal_id = h.principal_id WHERE $1::uuid IS NOT NULL)`
      : `${stops},
listed AS NOT MATERIALIZED (
  SELECT p.principal_id, h.principal_id IS NOT NULL AS held, h.held_for IS TRUE AS held_for, h.would IS TRUE AS would, x.stop AS stopped, x.until_consent,
    ${objecting(known)} AS objected
  FROM ${among ? 'unnest($5::uuid[]) AS p (principal_id)' : 'package_list p'}
    LEFT JOIN held h ON h.principal_id = p.principal_id LEFT JOIN stops x ON x.principal_id = p.principal_id
  WHERE ${among ? '$1::uuid IS NOT NULL' : 'p.package_id = $1::uuid'})`,
  values: [
    row.id,
    uuidArray(known.stopped.map(({ principal }) => principal)),
    kindsOf(known.stopped).of,
    known.stopped.map(({ stop }) => (stop.stops === 'provision' ? stop.from : null)),
    ...(among ? [uuidArray(among)] : []),
  ],
});

const named = (name: string, row: Pick<PackageRow, 'everybody'>, known: Known, among?: Among): string =>
  `package.${name}.${whose(row, among)}${kindOf(known)}`;

/**
 * SQL: whether the consent `s` of `l` takes a stop of provision back. An opt-out would go on without a consent, so an invalid one does not lift the
 * stop there.
 */
const consentedAnew = ({ byOptOut }: Known): string =>
  byOptOut
    ? "(s.given_on > l.until_consent AND s.withdrawn_on IS NULL AND s.given_by IN ('principal', 'representative'))"
    : '(s.given_on > l.until_consent)';

/** Lets PostgreSQL join and sort a million persons in memory; by default it would write them to disk again and again. */
const roomy = (tx: Tx): Promise<unknown> =>
  // The workers return few classes, so passing rows costs next to nothing. At the default costs the planner would read everything in one process.
  tx.query(
    `SELECT set_config('work_mem', '256MB', true), set_config('parallel_setup_cost', '0', true),
            set_config('parallel_tuple_cost', '0.001', true)`,
    [],
  );

/** A class with the number of its persons, and the number of those whose items would be held for the purpose if its changes were judged anew. */
export interface CountedClass extends PersonClass {
  people: number;
  awaiting: number;
}

/** Everybody the package is about, or those `among` them, in classes of persons of whom the registers say the same. Opens no record. */
export async function classesOf(
  tx: Tx,
  row: Pick<PackageRow, 'id' | 'everybody'>,
  known: Known,
  among?: Among,
): Promise<CountedClass[]> {
  await roomy(tx);
  const { kinds } = kindsOf(known.stopped);
  const rows = await runParts<Omit<CountedClass, 'stopped'> & { stopped: number | null }>(
    tx,
    named('classes', row, known, among),
    [...knowing(known), listing(row, known, among)],
    `SELECT l.held, l.held_for AS "heldFor", CASE WHEN ${consentedAnew(known)} IS NOT TRUE THEN l.stopped END AS stopped, l.objected, s.text_id AS text, s.given_by AS "givenBy", s.withdrawn_on IS NOT NULL AS withdrawn,
            max(s.given_on)::text AS "givenOn", count(*)::int AS people,
            count(*) FILTER (WHERE l.would AND NOT l.held_for)::int AS awaiting
     FROM listed l LEFT JOIN standing_consents s ON s.principal_id = l.principal_id AND l.held
     GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY people DESC`,
  );
  return rows.map(({ stopped, ...rest }) => ({ ...rest, stopped: stopped === null ? null : kinds[stopped]! }));
}

/** A class the law said yes to, with its number in the package's screening. */
export interface Admitted extends Pick<PersonClass, 'heldFor' | 'objected' | 'text' | 'givenBy' | 'withdrawn'> {
  no: number;
}

/**
 * SQL: whether the person `l` with the consent `s` fits the class `y` (`alike`), and whether no stop keeps them out (`free`). Where neither has a
 * value they compare as equal, so that classes are looked up by hash: a million persons are not compared with each of hundreds of versions of a
 * text.
 */
const alike = `y.objected = l.objected AND coalesce(y.text_id::text, '') = coalesce(s.text_id::text, '')
    AND coalesce(y.given_by, '') = coalesce(s.given_by, '') AND y.withdrawn = (s.withdrawn_on IS NOT NULL)`;
const free = (known: Known): string => `l.held AND (l.stopped IS NULL OR ${consentedAnew(known)})`;

/** Gives the CTE `admitted (principal_id, consent_id, class)`: the persons who are in one of these classes now. */
const admitting = (classes: readonly Admitted[], known: Known): Part => ({
  name: `package.admitted${kindOf(known)}`,
  sql: `yes AS (
  SELECT c->>'no' AS no, (c->>'heldFor')::boolean AS held_for,
    coalesce((c->>'objected')::boolean, false) AS objected, (c->>'text')::uuid AS text_id, c->>'givenBy' AS given_by, (c->>'withdrawn')::boolean AS withdrawn
  FROM jsonb_array_elements($1::jsonb) AS c),
admitted AS NOT MATERIALIZED (
  SELECT l.principal_id, s.consent_id, y.no::smallint AS class
  FROM listed l LEFT JOIN standing_consents s ON s.principal_id = l.principal_id
  JOIN yes y ON ${alike} AND y.held_for = l.held_for
  WHERE ${free(known)})`,
  values: [JSON.stringify(classes)],
});

/** The parts that give `admitted` of a package, with all that they stand on. */
const admittedNow = (row: Pick<PackageRow, 'id' | 'everybody'>, known: Known, classes: readonly Admitted[]): Part[] => [
  ...knowing(known),
  listing(row, known),
  admitting(classes, known),
];

/** The persons of one class in a package: how many still fit it, and how many would once the waiting changes of purpose were judged anew. */
export interface PlacedClass {
  class: number;
  going: number;
  waiting: number;
}

/** Counts the persons of a package, or of one part of it, by class. Persons who fit their class in neither way are not counted. */
export async function placedNow(
  tx: Tx,
  row: Pick<PackageRow, 'id' | 'everybody'>,
  known: Known,
  classes: readonly Admitted[],
  part: number | null,
): Promise<PlacedClass[]> {
  await roomy(tx);
  return runParts<PlacedClass>(
    tx,
    named('placed', row, known),
    [
      ...admittedNow(row, known, classes),
      {
        name: 'package.placed',
        sql: `placed AS (
  SELECT p.class, count(*) FILTER (WHERE y.held_for = l.held_for)::int AS going,
    count(*) FILTER (WHERE y.held_for AND l.would AND NOT l.held_for)::int AS waiting
  FROM package_people p JOIN listed l ON l.principal_id = p.principal_id LEFT JOIN standing_consents s ON s.principal_id = l.principal_id
  JOIN yes y ON y.no::smallint = p.class AND ${alike}
  WHERE p.package_id = $1::uuid AND ($2::int IS NULL OR p.part = $2) AND ${free(known)} GROUP BY 1)`,
        values: [row.id, part],
      },
    ],
    'SELECT * FROM placed ORDER BY class',
  );
}

/** The number of persons in a sealed part. */
export const PART_PEOPLE = 1_000;

/** Writes down who is in the package, `PART_PEOPLE` to a part; returns how many. */
export async function admitPeople(
  tx: Tx,
  row: Pick<PackageRow, 'id' | 'everybody'>,
  known: Known,
  classes: readonly Admitted[],
): Promise<number> {
  await roomy(tx);
  const [counted] = await runParts<{ n: number }>(
    tx,
    named('admit', row, known),
    [
      ...admittedNow(row, known, classes),
      {
        name: 'package.people',
        sql: `people AS (
  INSERT INTO package_people (package_id, part, class, principal_id, consent_id)
  SELECT $1::uuid, (row_number() OVER (ORDER BY a.principal_id) - 1) / ${PART_PEOPLE}, a.class, a.principal_id, a.consent_id
  FROM admitted a RETURNING 1)`,
        values: [row.id],
      },
    ],
    'SELECT count(*)::int AS n FROM people',
  );
  return counted!.n;
}

/** The persons in the package who are in none of these classes any more. */
export async function leavingPeople(
  tx: Tx,
  row: Pick<PackageRow, 'id' | 'everybody'>,
  known: Known,
  classes: readonly Admitted[],
): Promise<string[]> {
  await roomy(tx);
  const rows = await runParts<{ principal_id: string }>(
    tx,
    named('leaving', row, known),
    [
      ...admittedNow(row, known, classes),
      {
        name: 'package.leaving',
        sql: `leaving AS (
  SELECT principal_id FROM package_people WHERE package_id = $1::uuid EXCEPT SELECT principal_id FROM admitted)`,
        values: [row.id],
      },
    ],
    'SELECT principal_id FROM leaving',
  );
  return rows.map((one) => one.principal_id);
}

/**
 * Removes persons who are in none of these classes any more, and returns their ids. Persons who are now in another of them, or rest on another
 * consent, stay on these terms. Deletes the sealed parts that both were in.
 */
export async function settlePeople(
  tx: Tx,
  row: Pick<PackageRow, 'id' | 'everybody'>,
  known: Known,
  classes: readonly Admitted[],
): Promise<string[]> {
  await roomy(tx);
  const gone = await runParts<{ principal_id: string }>(
    tx,
    named('settle', row, known),
    [
      ...admittedNow(row, known, classes),
      {
        name: 'package.settled',
        // EXCEPT reads each side once, whatever the planner believes about a package that was filled a moment ago. Only if it leaves somebody is
        // `admitted` read again.
        sql: `moved AS (
  SELECT principal_id, class, consent_id FROM package_people WHERE package_id = $1::uuid
  EXCEPT SELECT principal_id, class, consent_id FROM admitted),
stays AS (
  UPDATE package_people p SET class = a.class, consent_id = a.consent_id
  FROM moved m JOIN admitted a ON a.principal_id = m.principal_id
  WHERE p.package_id = $1::uuid AND p.principal_id = m.principal_id
  RETURNING p.part, p.principal_id),
gone AS (
  DELETE FROM package_people p USING moved m WHERE p.package_id = $1::uuid AND p.principal_id = m.principal_id
    AND NOT EXISTS (SELECT 1 FROM stays s WHERE s.principal_id = p.principal_id)
  RETURNING p.part, p.principal_id),
unsealed AS (
  DELETE FROM package_parts q WHERE q.package_id = $1::uuid
    AND q.part IN (SELECT part FROM gone UNION ALL SELECT part FROM stays))`,
        values: [row.id],
      },
    ],
    'SELECT principal_id FROM gone',
  );
  return gone.map((one) => one.principal_id);
}
