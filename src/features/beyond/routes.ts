// The pages of the uses beyond the purpose. There is no way to ask for one but by a person in the office, so that nothing here is JSON.

import type { Route } from '../../platform/http/index.ts';
import { newPages } from './pages/new.tsx';
import { onePages, type Beyond } from './pages/one.tsx';

export const beyondRoutes = (beyond: Beyond): Route[] => [...newPages(beyond.office), ...onePages(beyond)];
