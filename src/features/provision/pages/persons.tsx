// The persons of a provision of many, each with the consent it rested on: what somebody who checks it takes samples from.

import type { Context } from 'hono';
import { isId } from '../../../base/id.ts';
import type { Office } from '../../../office.ts';
import type { Env } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { Earlier, Table } from '../../../platform/ui/table.tsx';
import { personsOf } from '../actions/read.ts';
import type { Provided } from '../store/provisions.ts';
import { words } from '../words.ts';
import { PATH, peopleText, RECORDS_FILE } from './list.tsx';

const PAGE = 30;

/** The consent that a provision rested on; its number, or words in its place. */
export const ConsentLink = ({ id, says }: { id: string; says?: string }) => (
  <a class={says === undefined ? 'num' : undefined} href={`/consents/${id}`}>
    {says ?? id.slice(-8)}
  </a>
);

export async function personsPanel(office: Office, c: Context<Env>, { id, people, record }: Provided) {
  const { lang } = c.get('frame');
  const before = c.req.query('before');
  const found = await personsOf(office, id, { before: before && isId(before) ? before : undefined, most: PAGE + 1 });
  const rows = found.slice(0, PAGE);
  const here = `${PATH}/${id}`;
  return (
    <Panel title={words.persons[lang]} id="persons" sub={peopleText(people, lang)} pad="bare">
      {record && (
        <div class="panel-body">
          <LinkButton small kind="second" icon="download" download href={`${RECORDS_FILE}?provision=${id}`}>
            {words.exportRecords[lang]}
          </LinkButton>
        </div>
      )}
      <Table
        lang={lang}
        caption={words.persons}
        stack="inline"
        columns={[
          { key: 'person', head: words.person, rowHead: true },
          ...(record?.consent_obtained ? [{ key: 'consent', head: words.consentRecord }] : []),
        ]}
        rows={rows.map(({ principal_id: person, consent_id: consent }) => ({
          cells: {
            person: (
              <a class="num" href={`/people/${person}`}>
                {person.slice(-8)}
              </a>
            ),
            consent: consent && <ConsentLink id={consent} />,
          },
        }))}
      />
      <Earlier
        lang={lang}
        label={words.persons}
        class="px-4 pb-4"
        says={{ newest: words.firstPersons, older: words.morePersons }}
        newest={before === undefined ? undefined : `${here}#persons`}
        older={found.length > PAGE ? `${here}?before=${rows.at(-1)!.principal_id}#persons` : undefined}
      />
    </Panel>
  );
}
