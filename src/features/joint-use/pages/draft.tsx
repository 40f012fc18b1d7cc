// The form of a joint use as data, one part per field: what it began from, what was typed, and where two of them differ.

import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import type { Form } from '../../../platform/http/index.ts';
import { listed } from '../../../platform/ui/format.ts';
import { differencesOf, rebased, type Difference } from '../../../platform/ui/overtaken.tsx';
import { partyWords } from '../../checkpoint/index.ts';
import { type Known, responsibleKinds, sharedInformation } from '../facts/joint-use.ts';
import type { JointUseInput, WordsInput } from '../facts/read.ts';
import { informationWords } from '../words.ts';

interface Draft {
  name: WordsInput;
  information: string;
  /** Holding and item, as `holding/item`. */
  shares: string[];
  scope: WordsInput;
  members: string[];
  purposes: string[];
  'responsible.kind': string;
  'responsible.name': WordsInput;
  'responsible.address': WordsInput;
  'responsible.representative': WordsInput;
}

/** A text as its two fields hold it: the English field is empty where both are the same. */
const typed = (text: WordsInput | null | undefined): WordsInput => {
  const { ja, en = '' } = text ?? { ja: '' };
  return { ja, en: en === ja ? '' : en };
};

/** Returns what the form shows of an input, without parts that can no longer be chosen. */
const draftOf = ({ shares, members, purposes, responsible, ...input }: JointUseInput, now: Known): Draft => ({
  name: typed(input.name),
  information: input.information,
  shares: shares.flatMap(({ holding, items }) =>
    items.filter((code) => now.holdings.get(holding)?.items.has(code)).map((code) => `${holding}/${code}`),
  ),
  scope: typed(input.scope),
  members: members.filter((id) => now.recipients.has(id)),
  purposes: purposes.filter((id) => now.purposes.has(id)),
  'responsible.kind': responsible.kind,
  'responsible.name': typed(responsible.name),
  'responsible.address': typed(responsible.address),
  'responsible.representative': typed(responsible.representative),
});

function inputOf({ name, information, shares, scope, members, purposes, ...draft }: Draft): JointUseInput {
  const pairs = shares.map((share) => share.split('/') as [string, string]);
  const holdings = [...new Set(pairs.map(([holding]) => holding))];
  return {
    name,
    information,
    shares: holdings.map((holding) => ({
      holding,
      items: pairs.filter(([of]) => of === holding).map(([, code]) => code),
    })),
    scope,
    members,
    purposes,
    responsible: {
      kind: draft['responsible.kind'],
      name: draft['responsible.name'],
      address: draft['responsible.address'],
      representative: draft['responsible.representative'],
    },
  };
}

/** The state that a form began from. It is sent with the form, because no versions of a draft are kept. */
export const beganFrom = (input: JointUseInput, now: Known): string => JSON.stringify(draftOf(input, now));

/** The same as sent back. Anything else that was sent makes every field count as changed. */
function beganIn(form: Form): Draft {
  try {
    return Object(JSON.parse(form.text('began'))) as Draft;
  } catch {
    return {} as Draft;
  }
}

/** Applies what was typed to the draft that somebody else saved first. */
export const rebasedInput = (input: JointUseInput, form: Form, newest: JointUseInput, now: Known): JointUseInput =>
  inputOf(rebased(draftOf(input, now), { began: beganIn(form), newest: draftOf(newest, now) }));

const written = ({ ja, en }: WordsInput): string => [ja, en].filter(Boolean).join(' / ');

function fieldText(draft: Draft, field: keyof Draft, now: Known, lang: Lang): string {
  const value = draft[field];
  if (field === 'shares') {
    const items = draft.shares.map((share) => {
      const [holding, code] = share.split('/') as [string, string];
      const { name, items: all } = now.holdings.get(holding)!;
      return `${name[lang]}　${all.get(code)![lang]}`;
    });
    return listed(items, lang);
  }
  if (field === 'members')
    return listed(
      draft.members.map((id) => now.recipients.get(id)!.name),
      lang,
    );
  if (field === 'purposes')
    return listed(
      draft.purposes.map((id) => `${id}　${now.purposes.get(id)![lang]}`),
      lang,
    );
  if (field === 'information') {
    const kind = sharedInformation.find((one) => one === value);
    return kind ? informationWords[kind][lang] : '';
  }
  if (field === 'responsible.kind') {
    const kind = responsibleKinds.find((one) => one === value);
    return kind ? partyWords[kind][lang] : '';
  }
  return written(value as WordsInput);
}

/** The fields in which the draft that somebody else saved first differs from what would be saved. */
export const differences = (
  lang: Lang,
  labels: Readonly<Record<string, Bilingual>>,
  { input, newest, now }: { input: JointUseInput; newest: JointUseInput; now: Known },
): Difference[] =>
  differencesOf(draftOf(input, now), draftOf(newest, now), (field) => ({
    field: (labels[field] ?? labels[`${field}.ja`])![lang],
    text: (of) => <span translate="no">{fieldText(of, field, now, lang)}</span>,
  }));
