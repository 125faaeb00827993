// For browsers from before modules: the one sentence they can be told.
document.getElementById('cover').setAttribute('data-state', 'sentence');
document.getElementById('cover-title').textContent = 'This browser cannot run Countersign';
document.getElementById('cover-text').textContent = 'It is too old. A current Chrome, Edge, Firefox or Safari can.';
