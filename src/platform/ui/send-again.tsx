// The answer to a refused form: the sign-in or the permission ended, processing failed, or it contains invisible characters. Shows a form with
// everything that was typed, to be sent again.

import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { Button, Buttons } from './button.tsx';
import { ErrorSummary, PostForm, TextArea } from './form.tsx';

const words = {
  beside: both('別のタブでサインインする', 'Sign in in another tab'),
  signIn: both(
    '入れた内容は、この画面に残っています。別のタブでサインインしてから、「もう一度送る」を押してください。',
    'What you entered is kept on this page. Sign in in another tab, then press “Send again”.',
  ),
  signedIn: both(
    '画面を開いた後に、サインインし直しています。入れた内容は、この画面に残っています。送ってよければ、「もう一度送る」を押してください。',
    'You have signed in again since this page was opened. What you entered is kept on this page. If it may be sent, press “Send again”.',
  ),
  others: both(
    '書いた人がサインインし直すまで、送れません。入れた内容は、この画面に残っています。別のタブでサインアウトし、書いた人がサインインしてから、「もう一度送る」を押してください。',
    'This cannot be sent until the person who wrote it signs in again. What they entered is kept on this page. Sign out in another tab, have them sign in there, then press “Send again”.',
  ),
  forbidden: both(
    '入れた内容は、この画面に残っています。仕事に必要なときは、個人情報保護管理者に役割を加えてもらってから、「もう一度送る」を押してください。',
    'What you entered is kept on this page. If your work needs it, ask a privacy officer for the role, then press “Send again”.',
  ),
  unseen: both(
    '見えない文字が入っていました。下の欄は、それを除いて示しています。確かめてから、「もう一度送る」を押してください。ほかに入れた内容も、この画面に残っています。',
    'What you entered contained invisible characters. The fields below are shown without them. Check them, then press “Send again”. The rest of what you entered is kept on this page too.',
  ),
  failed: both('入れた内容は、この画面に残っています。', 'What you entered is kept on this page.'),
  files: both(
    '選んだファイルは残っていません。送った後の画面で、もう一度選んでください。',
    'The files you chose are not kept. Choose them again on the page that follows.',
  ),
  again: both('もう一度送る', 'Send again'),
};

interface SendAgainProps {
  lang: Lang;
  /**
   * Why it was refused: `signIn` nobody is signed in; `others` somebody else is; `signedIn` the session is newer than the page; `forbidden` not
   * permitted; `failed` a failure; `unseen` invisible characters.
   */
  why: 'signIn' | 'others' | 'signedIn' | 'forbidden' | 'failed' | 'unseen';
  csrf: string;
  action: string;
  /** What was typed: names with values, in order. */
  fields: readonly (readonly [string, string])[];
  /** Files had been chosen. */
  files: boolean;
  /** Fields with invisible characters, by index, with these removed. */
  unseen?: readonly { at: number; label: Bilingual; says: Bilingual; value: string }[];
}

/** A refused form, to be sent again with nothing lost. */
export const SendAgain = ({ lang, why, csrf, action, fields, files, unseen = [] }: SendAgainProps) => (
  <>
    <ErrorSummary
      lang={lang}
      problems={unseen.map(({ at, says }) => ({ field: fields[at]![0], says }))}
      labels={Object.fromEntries(unseen.map(({ at, label }) => [fields[at]![0], label]))}
    />
    <p class="mb-5">{words[why][lang]}</p>
    {files && <p class="mb-5">{words.files[lang]}</p>}
    {why === 'signIn' && (
      <p class="mb-5">
        <a href="/sign-in" target="_blank" rel="noopener">
          {words.beside[lang]}
        </a>
      </p>
    )}
    <PostForm action={action} csrf={csrf} whole>
      {fields.map(([name, value], at) => {
        const wrong = unseen.find((one) => one.at === at);
        return wrong ? (
          <TextArea lang={lang} name={name} label={wrong.label} error={wrong.says[lang]} value={wrong.value} rows={2} />
        ) : (
          <input type="hidden" name={name} value={value} />
        );
      })}
      <Buttons>
        <Button>{words.again[lang]}</Button>
      </Buttons>
    </PostForm>
  </>
);
