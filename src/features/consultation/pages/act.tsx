// The page of an act that asks the law first, put up by the feature that acts: what it knows of the matter, the question with its answer
// beside it, and under a yes the button that does it.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Bilingual } from '../../../base/bilingual.ts';
import { newId } from '../../../base/id.ts';
import type { Office } from '../../../office.ts';
import type { Env } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import type { Crumb } from '../../../platform/ui/crumbs.tsx';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { AskView, type AskViewProps } from './view.tsx';

export interface ActProps extends Omit<AskViewProps, 'lang' | 'csrf' | 'lands'> {
  title: Bilingual;
  path: string;
  sub: string;
  crumbs: Crumb[];
  /** Why this press did nothing, where no field is to blame. */
  notice?: Bilingual | undefined;
  /** What stands over the question. */
  before?: Child;
  /** A field beside the question is to blame. */
  failed?: boolean;
}

/** The page; 422 where something on it has to be put right. */
export function actPage(
  c: Context<Env>,
  { title, path, sub, crumbs, notice, before, failed = false, ...view }: ActProps,
): Response | Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const wrong = failed || notice !== undefined || view.round.problems.length > 0;
  return c.html(
    <OfficePage {...frame} title={title[lang]} path={path} sub={sub} crumbs={crumbs} failed={wrong}>
      {notice && (
        <div class="mb-4">
          <Banner kind="warn" title={notice[lang]} />
        </div>
      )}
      {before}
      <AskView lang={lang} csrf={frame.csrf} {...view} lands={!wrong} />
    </OfficePage>,
    wrong ? 422 : 200,
  );
}

/** The attempt that the form makes: where this press did nothing, the next is another. */
export const attemptIn = (office: Office, c: Context<Env>, notice: Bilingual | undefined): string =>
  c.req.method === 'POST' && notice === undefined ? c.get('form').text('attempt') : newId(office.clock.now());
