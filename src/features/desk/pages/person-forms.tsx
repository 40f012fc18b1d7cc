// The form that says who asks, and in whose name.

import { type Bilingual, both, type Lang } from '../../../base/bilingual.ts';
import { Checks, Radios, SelectField, TextField } from '../../../platform/ui/form.tsx';
import { listed } from '../../../platform/ui/format.ts';
import { authorityDocuments, checks, identityDocuments, requesters } from '../facts/event.ts';
import { says } from '../facts/says.ts';
import { authorityWords, checkNames, checkWords, identityWords, representsWords, requesterWords } from '../words.ts';
import { words } from './form-words.tsx';
import {
  choices,
  chosen,
  DayOf,
  filling,
  labelled,
  lack,
  one,
  type ShortForm,
  type Shown,
  Sure,
  typed,
} from './form.tsx';
import { chosenOf } from './sheet.tsx';

const legally = ['minor', 'adult-ward'] as const;

const agentFields = ['agent.name', 'agent.principal', 'agent.address', 'agent.email'] as const;

/** The fields for who acts for the person, and by which papers. */
const AgentFields = ({ open, ...props }: Shown & { open: boolean }) => {
  const { lang } = props;
  const { text, checked } = filling(props);
  return (
    <details class="mb-5" open={open}>
      <summary class="font-bold cursor-pointer">{both('代理人のとき', 'If an agent made the request')[lang]}</summary>
      <div class="mt-3 grid gap-x-8 md:grid-cols-2">
        <Checks {...checked('authority')} options={labelled(authorityDocuments, authorityWords)} />
        <SelectField
          {...text('represents')}
          hint={both('法定代理人のときだけ選びます', 'Only for a legal representative')[lang]}
          blank={both('選ばない', 'None')}
          options={labelled(legally, representsWords)}
        />
        <TextField {...text('agent.name')} hint={words.agentName[lang]} maxlength={200} />
        <TextField {...text('agent.principal')} hint={words.agentPrincipal[lang]} maxlength={200} />
        <TextField
          {...text('agent.address')}
          hint={both('郵便番号から書きます', 'With the postal code')[lang]}
          maxlength={400}
        />
        <TextField
          {...text('agent.email')}
          need="optional"
          type="email"
          hint={words.agentEmail[lang]}
          maxlength={254}
        />
      </div>
    </details>
  );
};

/** The problem that some checks of the identity are still to be made, by name. */
function uncheckedSays(checked: readonly string[]): Bilingual {
  const left = checks.filter((check) => !checked.includes(check)).map((check) => checkNames[check]);
  const names = (lang: Lang): string =>
    listed(
      left.map((name) => name[lang]),
      lang,
    );
  return both(`${names('ja')}をまだ確かめていません`, `Not checked yet: ${names('en')}`);
}

export const identified: ShortForm = {
  Fields: (props) => {
    const { text, checked } = filling(props);
    const requester = text('requester', 'principal');
    return (
      <div class="grid gap-x-8 md:grid-cols-2">
        <div>
          <Checks
            {...checked('documents')}
            need="required"
            hint={words.onlyKind[props.lang]}
            options={labelled(identityDocuments, identityWords)}
          />
        </div>
        <div>
          <Checks {...checked('checked')} need="required" options={labelled(checks, checkWords)} />
          <Sure {...props} name="numbersCovered" need="required" says={words.covered} />
          <DayOf {...props} label={both('確かめた日', 'Day it was checked')} />
        </div>
        <div class="md:col-span-2">
          <Radios {...requester} need="required" options={choices(requesters, requesterWords)} />
          <AgentFields {...props} open={requester.value !== 'principal'} />
        </div>
      </div>
    );
  },
  // Reports everything that is missing at once; the rule of the request stops at the first.
  read: (came) => {
    const { form } = came;
    const documents = chosenOf(identityDocuments, form.all('documents'));
    const checked = chosenOf(checks, form.all('checked'));
    const numbersCovered = form.all('numbersCovered').length > 0;
    if (documents.length === 0) lack(came, 'documents', says.documents);
    if (checked.length < checks.length) lack(came, 'checked', uncheckedSays(checked));
    if (!numbersCovered) lack(came, 'numbersCovered', says.covered);
    const requester = chosen(requesters, came, 'requester');
    const themselves = requester === 'principal';
    for (const name of agentFields) if (themselves && typed(form, name) !== '') lack(came, name, words.noAgent);
    return {
      requester,
      represents: one(legally, form, 'represents') ?? null,
      documents,
      authority: chosenOf(authorityDocuments, form.all('authority')),
      checked,
      numbersCovered,
      agent: themselves
        ? null
        : {
            name: typed(form, 'agent.name'),
            address: typed(form, 'agent.address'),
            email: typed(form, 'agent.email'),
            principal: typed(form, 'agent.principal'),
          },
    };
  },
};
