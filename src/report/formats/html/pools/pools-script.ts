/** The part of the page's script that lists, searches and filters the pools; it stands behind the findings' own. */
export const poolsScript = String.raw`
{
  const pools = JSON.parse(byId('pools-data').textContent);
  const [text, status] = [byId('p-text'), byId('p-status')];
  let shownPools = step;
  const wordsOf = ([, name, id, account, region, policies]) =>
    [name, id, ...pools.accounts[account], ...pools.regions[region], ...pools.policies[policies]].join(' ').toLowerCase();

  const poolRow = ([state, name, id, account, region, policies, readAt, findings]) => {
    const [, words, look] = pools.statuses[state];
    const [accountId, accountName] = pools.accounts[account];
    const told = element('td', { class: 'status ' + look }, words);
    if (findings > 0) {
      const button = element('button', { type: 'button', class: 'open', 'aria-label': findings + (findings === 1 ? ' finding of ' : ' findings of ') + name }, String(findings));
      button.addEventListener('click', () => {
        for (const control of Object.values(controls)) if (control !== null) control.value = '';
        controls.text.value = id;
        shown = step;
        render();
        byId('findings').scrollIntoView();
        controls.text.focus({ preventScroll: true });
      });
      told.append(' ', button);
    }
    return element('tr', {}, told,
      element('td', { class: 'name' }, name, element('small', { class: 'mono id' }, id)),
      element('td', { class: 'name' }, accountName ?? accountId, accountName === null ? null : element('small', {}, accountId)),
      element('td', { class: 'date' }, pools.regions[region][0]),
      element('td', {}, pools.policies[policies].join(', ')),
      element('td', { class: 'date' }, readAt));
  };

  const renderPools = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = pools.rows.filter((row) => (status.value === '' || pools.statuses[row[0]][0] === status.value) &&
      (words.length === 0 || words.every((word) => wordsOf(row).includes(word))));
    byId('pools-body').replaceChildren(...found.slice(0, shownPools).map(poolRow));
    byId('pools-count').textContent = Math.min(shownPools, found.length).toLocaleString('en-US') + ' of ' +
      found.length.toLocaleString('en-US') + ' pools shown' +
      (found.length < pools.rows.length ? ', filtered from ' + pools.rows.length.toLocaleString('en-US') : '');
    byId('pools-more').hidden = found.length <= shownPools;
  };

  if (text !== null) {
    for (const control of [text, status]) control.addEventListener('input', () => { shownPools = step; renderPools(); });
    byId('pools-more').addEventListener('click', () => { shownPools += step * 5; renderPools(); });
    byId('pools-controls').hidden = false;
    renderPools();
  }
}
`;
