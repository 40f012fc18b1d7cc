// What a link or a button is about, where others of the page say the same. It is for whoever hears it apart from its row or its panel.

import type { Child } from 'hono/jsx';

export const About = ({ children }: { children?: Child }) => <span class="sr-only"> {children}</span>;
