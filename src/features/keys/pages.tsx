// The versions of the vault's key: how much each wraps, how far a replacement has come, and how to make one. Never shows a key.

import type { Context } from 'hono';
import type { Lang } from '../../base/bilingual.ts';
import { dayOf } from '../../base/day.ts';
import type { Office } from '../../office.ts';
import { page, type Env, type Route } from '../../platform/http/index.ts';
import { Banner } from '../../platform/ui/banner.tsx';
import { Chip } from '../../platform/ui/chip.tsx';
import { homeCrumb } from '../../platform/ui/crumbs.tsx';
import { Dl } from '../../platform/ui/fact-list.tsx';
import { number, slashDay, stamp } from '../../platform/ui/format.ts';
import { OfficePage } from '../../platform/ui/frame.tsx';
import { Panel } from '../../platform/ui/panel.tsx';
import { Progress } from '../../platform/ui/progress.tsx';
import { Table } from '../../platform/ui/table.tsx';
import type { KeyVersion } from '../../vault/index.ts';
import { keysOf } from './actions.ts';
import { retiredOn, rewrapped, versionWord, words } from './words.ts';

const PATH = '/keys';

const COMMAND = 'node bin/sekisho.mjs rotate-keys';

const State = ({ lang, one, newest }: { lang: Lang; one: KeyVersion; newest: number }) => {
  if (one.version === newest) return <Chip kind="law">{words.inUse[lang]}</Chip>;
  return one.retired ? retiredOn(slashDay(dayOf(one.retired.getTime())), lang) : words.leaving[lang];
};

const Versions = ({ lang, versions }: { lang: Lang; versions: readonly KeyVersion[] }) => (
  <Panel title={words.versions[lang]}>
    <Table
      lang={lang}
      caption={words.versions}
      stack="inline"
      columns={[
        { key: 'version', head: words.version, rowHead: true },
        { key: 'since', head: words.since },
        { key: 'state', head: words.state },
        { key: 'wraps', head: words.wraps, align: 'right' },
      ]}
      rows={versions.map((one) => ({
        cells: {
          version: versionWord(one.version, lang),
          since: stamp(one.since.getTime()),
          state: <State lang={lang} one={one} newest={versions[0]!.version} />,
          wraps: number(one.wraps),
        },
      }))}
    />
  </Panel>
);

const Rewrapping = ({ lang, versions }: { lang: Lang; versions: readonly KeyVersion[] }) => {
  const total = versions.reduce((sum, { wraps }) => sum + wraps, 0);
  const done = versions[0]!.wraps;
  return (
    <Panel title={words.rewrapping[lang]}>
      <Progress label={words.rewrapping[lang]} done={done} total={total}>
        {rewrapped(done, total, lang)}
      </Progress>
      <p class="mt-3">{words.rewrappingSays[lang]}</p>
    </Panel>
  );
};

const Command = ({ copy }: { copy?: string }) => (
  <code class="block my-2 wrap-anywhere">{copy === undefined ? COMMAND : `${COMMAND} --copy ${copy}`}</code>
);

const How = ({ lang, next }: { lang: Lang; next: number }) => {
  const [make, keep, show] = words.steps;
  return (
    <Panel title={words.replace[lang]}>
      <ol class="list-decimal pl-6 mb-5 grid gap-2">
        <li>
          {make![lang]}
          <Command />
        </li>
        <li>{keep![lang]}</li>
        <li>
          {show![lang]}
          <Command copy={`…/vault-${next}.key`} />
        </li>
      </ol>
      <Dl
        items={(
          [
            ['when', 'whenSays'],
            ['protects', 'protectsSays'],
            ['doesNot', 'doesNotSays'],
            ['former', 'formerSays'],
          ] as const
        ).map(([term, says]) => [words[term][lang], words[says][lang]])}
      />
    </Panel>
  );
};

async function show(office: Office, c: Context<Env>): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const { versions, waiting } = await keysOf(office);
  const isLeaving = versions.slice(1).some(({ retired }) => retired === null);
  return c.html(
    <OfficePage
      {...frame}
      title={words.title[lang]}
      path={PATH}
      crumbs={[homeCrumb(lang), { label: words.title[lang] }]}
    >
      <div class="max-w-[56rem] grid gap-5">
        <p>{words.lead[lang]}</p>
        {waiting !== null && (
          <Banner kind="info" title={words.waits[lang]}>
            {words.waitsSays[lang]}
            <Command copy={`…/vault-${waiting}.key`} />
          </Banner>
        )}
        {isLeaving && <Rewrapping lang={lang} versions={versions} />}
        <Versions lang={lang} versions={versions} />
        <How lang={lang} next={versions[0]!.version + 1} />
      </div>
    </OfficePage>,
  );
}

export const keyPages = (office: Office): Route[] => [page('get', PATH, 'keys:read', (c) => show(office, c))];
