// Says what a link or button is about when others on the page have the same words. For screen readers, which read it apart from its row or panel.

import type { Child } from 'hono/jsx';

export const About = ({ children }: { children?: Child }) => <span class="sr-only"> {children}</span>;
