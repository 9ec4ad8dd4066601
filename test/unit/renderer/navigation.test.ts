// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import {
  back,
  go,
  openMeeting,
  openOrganisation,
  openRecord,
  resetNavigation,
  showInList,
  useNavigation,
} from '../../../renderer/app/navigation.ts';

const place = () => useNavigation.getState().place;
beforeEach(resetNavigation);

describe('Going from place to place', () => {
  it('is taken back step by step', () => {
    openOrganisation('o1');
    openMeeting('m1');
    expect(place()).toEqual({ screen: 'meetings', id: 'm1' });
    expect(back()).toBe(true);
    expect(place()).toEqual({ screen: 'organisations', id: 'o1' });
    expect(back()).toBe(true);
    expect(place()).toEqual({ screen: 'today' });
    expect(back()).toBe(false);
  });
  it('does not count moving within a list as a step', () => {
    openOrganisation('o1');
    showInList('o2');
    showInList('o3');
    expect(place().id).toBe('o3');
    back();
    expect(place().screen).toBe('today');
  });
  it('opens a screen where it was left', () => {
    openOrganisation('o1');
    showInList('o2');
    go({ screen: 'people' });
    go({ screen: 'organisations' });
    expect(place().id).toBe('o2');
  });
  it('adds no step for the place one is at', () => {
    go({ screen: 'people' });
    go({ screen: 'people' });
    back();
    expect(place().screen).toBe('today');
  });
  it('knows which types have a page', () => {
    expect(openRecord('person', 'p')).toBe(true);
    expect(place()).toEqual({ screen: 'people', id: 'p' });
    expect(openRecord('promise', 'q')).toBe(false);
  });
  it('forgets a record that left the list', () => {
    openOrganisation('o1');
    showInList(null);
    go({ screen: 'people' });
    go({ screen: 'organisations' });
    expect(place()).toEqual({ screen: 'organisations' });
  });
});

describe('A field that is being typed in', () => {
  const field = (type: string): { readonly input: HTMLInputElement; readonly left: string[] } => {
    document.body.innerHTML = `<main><input type="${type}"></main>`;
    const input = document.querySelector('input') as HTMLInputElement;
    const left: string[] = [];
    input.addEventListener('blur', () => left.push(place().screen));
    input.focus();
    return { input, left };
  };
  it('is left before its page goes, so that what was typed is kept', () => {
    openOrganisation('o1');
    const { left } = field('text');
    go({ screen: 'settings' });
    expect(left).toEqual(['organisations']);
  });
  it('is left on every way out: to another record, and back', () => {
    openOrganisation('o1');
    const first = field('text');
    showInList('o2');
    const second = field('text');
    back();
    expect([...first.left, ...second.left]).toEqual(['organisations', 'organisations']);
  });
  it('stays when it only filters the list', () => {
    openOrganisation('o1');
    const { input, left } = field('search');
    showInList('o2');
    expect(left).toEqual([]);
    expect(document.activeElement).toBe(input);
  });
});
