// The answer to a form that was sent after its sign-in had ended: a form with everything that was typed, to be sent again.

import { both, type Lang } from '../../base/bilingual.ts';
import { Button, Buttons } from './button.tsx';
import { PostForm } from './form.tsx';

const words = {
  signIn: both('別のタブでサインインする', 'Sign in in another tab'),
  lead: both(
    '入れた内容は、この画面に残っています。別のタブでサインインしてから、「もう一度送る」を押してください。',
    'What you entered is kept on this page. Sign in in another tab, then press “Send again”.',
  ),
  signedIn: both(
    '画面を開いた後に、サインインし直しています。入れた内容は、この画面に残っています。送ってよければ、「もう一度送る」を押してください。',
    'You have signed in anew since the page was opened. What you entered is kept here. If it may be sent, press “Send again”.',
  ),
  files: both(
    '選んだファイルは残っていません。送った後の画面で、もう一度選んでください。',
    'The files you chose are not kept. Choose them again on the page that follows.',
  ),
  again: both('もう一度送る', 'Send again'),
};

interface SendAgainProps {
  lang: Lang;
  /** Empty while nobody is signed in. */
  csrf: string;
  action: string;
  /** What was typed: names with values, in their order. */
  fields: readonly (readonly [string, string])[];
  /** Files had been chosen. */
  files: boolean;
}

/** A form that was not taken, to be sent again with nothing lost. */
export const SendAgain = ({ lang, csrf, action, fields, files }: SendAgainProps) => (
  <>
    <p class="mb-5">{(csrf === '' ? words.lead : words.signedIn)[lang]}</p>
    {files && <p class="mb-5">{words.files[lang]}</p>}
    {csrf === '' && (
      <p class="mb-5">
        <a href="/sign-in" target="_blank" rel="noopener">
          {words.signIn[lang]}
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
