// The answer to a form that was sent after its sign-in had ended, or that could not be worked on: a form with everything that was typed, to
// be sent again.

import { both, type Lang } from '../../base/bilingual.ts';
import { Button, Buttons } from './button.tsx';
import { PostForm } from './form.tsx';

const words = {
  beside: both('別のタブでサインインする', 'Sign in in another tab'),
  signIn: both(
    '入れた内容は、この画面に残っています。別のタブでサインインしてから、「もう一度送る」を押してください。',
    'What you entered is kept on this page. Sign in in another tab, then press “Send again”.',
  ),
  signedIn: both(
    '画面を開いた後に、サインインし直しています。入れた内容は、この画面に残っています。送ってよければ、「もう一度送る」を押してください。',
    'You have signed in anew since the page was opened. What you entered is kept here. If it may be sent, press “Send again”.',
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
  /** Why it was not taken: nobody is signed in, or anew since the page was opened, or there was a failure. */
  why: 'signIn' | 'signedIn' | 'failed';
  csrf: string;
  action: string;
  /** What was typed: names with values, in their order. */
  fields: readonly (readonly [string, string])[];
  /** Files had been chosen. */
  files: boolean;
}

/** A form that was not taken, to be sent again with nothing lost. */
export const SendAgain = ({ lang, why, csrf, action, fields, files }: SendAgainProps) => (
  <>
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
      {fields.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Buttons>
        <Button>{words.again[lang]}</Button>
      </Buttons>
    </PostForm>
  </>
);
