// What the pages of access share: their two page frames, the texts of refusals, and the page that asks for confirmation before something that
// cannot be undone.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { both, type Bilingual } from '../../../base/bilingual.ts';
import type { FieldProblem, Problem } from '../../../base/outcome.ts';
import type { Env } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { homeCrumb, type Crumb } from '../../../platform/ui/crumbs.tsx';
import { ErrorSummary, PostForm } from '../../../platform/ui/form.tsx';
import { OfficePage, SignInPage } from '../../../platform/ui/frame.tsx';
import { words } from '../words.ts';

export type Request = Context<Env>;

/** Returns texts in the language of the request. */
export const speaker =
  (c: Request) =>
  (text: Bilingual): string =>
    text[c.get('lang')];

/** The texts of a refusal by field; those without a field are shown above the form only. */
export const problemsOf = (problem: Problem): readonly FieldProblem[] => {
  switch (problem.kind) {
    case 'invalid':
      return problem.fields;
    case 'conflict':
      return [{ field: problem.field, says: problem.says }];
    case 'refused':
      return [{ field: '', says: both('関所の答えは不可または保留です', 'The checkpoint does not allow this') }];
    default:
      return [{ field: '', says: problem.says }];
  }
};

/** The page that counts how much a member of staff opened, for those who may see it. */
export function openedBy(c: Request, { id }: { id: string }): { href: string; label: string } | undefined {
  const href = `/log/readers/${id}`;
  return c.get('mayOpen')(href) ? { href, label: speaker(c)(words.opened) } : undefined;
}

interface GateProps {
  c: Request;
  title: string;
  /** The address at which the page can be read again, for the link to the other language. */
  path?: string;
  /** True when leaving the page would lose what was typed; defaults to true on an answer to a form. */
  typed?: boolean;
  failed?: boolean;
  children?: Child;
}

/** A narrow page for visitors who are not signed in. */
export const GateSheet = (props: GateProps) => {
  const { c, title, failed, children } = props;
  const query = new URL(c.req.url).search;
  return (
    <SignInPage
      lang={c.get('lang')}
      title={title}
      company={c.get('frame').company}
      path={props.path ?? `${c.req.path}${query}`}
      typed={props.typed ?? c.get('frame').typed}
      failed={failed}
    >
      {children}
    </SignInPage>
  );
};

export interface SheetProps {
  c: Request;
  title: string;
  /** The address at which this page can be read again, for the link to the other language. */
  path: string;
  crumbs: readonly Crumb[];
  sub?: string;
  actions?: Child;
  failed?: boolean;
  children?: Child;
}

/** A page in the office's frame. */
export const OfficeSheet = ({ c, title, path, crumbs, sub, actions, failed, children }: SheetProps) => {
  const frame = c.get('frame');
  return (
    <OfficePage
      {...frame}
      lang={c.get('lang')}
      title={title}
      path={path}
      crumbs={[homeCrumb(c.get('lang')), ...crumbs]}
      sub={sub}
      actions={actions}
      failed={failed}
    >
      {children}
    </OfficePage>
  );
};

/** Repeats the facts, says what follows, and asks for confirmation. */
export const Confirm = (props: {
  c: Request;
  /** The address that the confirmation is sent to. */
  action: string;
  back: string;
  title: string;
  follows: string;
  button: string;
  problems: readonly FieldProblem[];
  /** The answer shows something once, so Turbo is off. */
  once?: boolean;
  /** Hidden fields. */
  values?: Record<string, string>;
  children?: Child;
}) => {
  const lang = props.c.get('lang');
  return (
    <>
      <ErrorSummary lang={lang} problems={props.problems} labels={{}} />
      <Banner kind="warn" title={props.title} icon="warn">
        {props.follows}
      </Banner>
      <div class="my-6">{props.children}</div>
      <PostForm action={props.action} csrf={props.c.get('csrf')} values={props.values} download={props.once}>
        <Buttons>
          <Button kind="stop">{props.button}</Button>
          <LinkButton kind="text" href={props.back}>
            {words.cancel[lang]}
          </LinkButton>
        </Buttons>
      </PostForm>
    </>
  );
};
