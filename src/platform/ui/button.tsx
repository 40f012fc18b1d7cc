// Buttons, and links that look like buttons. One `main` per form. An act that cannot be undone is `stop` and leads to a confirming page.

import type { Child } from 'hono/jsx';
import type { Lang } from '../../base/bilingual.ts';
import { Icon, type IconName } from './icon.tsx';
import { classes } from './say.ts';

export type ButtonKind = 'main' | 'second' | 'text' | 'stop';

const looks: Record<ButtonKind, string> = { main: 'btn-1', second: 'btn-2', text: 'btn-3', stop: 'btn-stop' };

export interface ButtonProps {
  kind?: ButtonKind;
  small?: boolean;
  wide?: boolean;
  icon?: IconName;
  children?: Child;
}

const look = ({ kind = 'main', small, wide }: ButtonProps): string =>
  classes('btn', looks[kind], small && 'btn-s', wide && 'w-full')!;

/** Sends its form. `name` and `value` tell the server which of several buttons was pressed; `to` sends to another address. */
export const Button = (
  props: ButtonProps & {
    name?: string;
    value?: string;
    to?: string;
    /** Id of the form it sends, if it is outside that form. */
    form?: string;
    disabled?: boolean;
    /** The answer is a file that opens beside the page, so Turbo must not handle it. */
    beside?: boolean;
    type?: 'submit' | 'reset';
  },
) => (
  <button
    class={look(props)}
    type={props.type ?? 'submit'}
    name={props.name}
    value={props.value}
    formaction={props.to}
    form={props.form}
    disabled={props.disabled}
    formtarget={props.beside ? '_blank' : undefined}
    data-turbo={props.beside ? 'false' : undefined}
  >
    {props.icon && <Icon name={props.icon} />}
    {props.children}
  </button>
);

/** A link. `download`: the browser saves the file and Turbo does not handle it. `elsewhere`: it leads to another site, where Turbo cannot follow. */
export const LinkButton = (props: ButtonProps & { href: string; download?: boolean; elsewhere?: boolean }) => (
  <a
    class={look(props)}
    href={props.href}
    download={props.download}
    data-turbo={props.download || props.elsewhere ? 'false' : undefined}
  >
    {props.icon && <Icon name={props.icon} />}
    {props.children}
  </a>
);

/** Prints the page. Hidden without scripts; the browser's own print command remains. */
export const PrintButton = ({ lang }: { lang: Lang }) => (
  <button class="btn btn-2 btn-s scripted" type="button" data-print>
    <Icon name="print" />
    {lang === 'ja' ? '印刷' : 'Print'}
  </button>
);

/** A row of buttons: the main one first. */
export const Buttons = ({ children }: { children?: Child }) => <div class="btns">{children}</div>;
