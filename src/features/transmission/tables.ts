// The rows of the registers and of visitors' choices. All of them are written once and never changed.

import type { Day } from '../../base/day.ts';
import type { Act, SiteContent, Tag } from './facts.ts';

export interface SiteRow {
  id: string;
  code: string;
  registered_at: Date;
}

export interface RegisterRow {
  site_id: string;
  version: number;
  notice: number;
  changed_on: Day;
  act: Act;
  at: Date;
  by_actor: string;
  site: SiteContent;
  tags: Tag[];
  entry_id: string;
}

export interface ChoiceRow {
  id: string;
  n: number;
  entry_id: string;
  site_id: string;
  at: Date;
  on_day: Day;
  notice: number;
  allowed: string[];
  refused: string[];
  language: 'ja' | 'en';
  gpc: boolean;
}
