//! The drawing of the home page: an open door between a market stall and the office's batik border.

use leptos::prelude::*;

pub fn door() -> AnyView {
    view! {
        <svg class="art" viewBox="0 0 260 170" fill="none" aria-hidden="true" focusable="false">
            // ground and light
            <ellipse cx="130" cy="154" rx="126" ry="13" fill="#dcece9"></ellipse>
            <path d="M112 150 148 150 196 166H64z" fill="#f7dfa8"></path>
            // the house
            <path d="M58 150V66l72-46 72 46v84z" fill="#fff"></path>
            <path d="M46 74 130 18l84 56" stroke="#074543" stroke-width="9" stroke-linecap="round" stroke-linejoin="round"></path>
            <path d="M62 150V70M198 150V70" stroke="#074543" stroke-width="5"></path>
            // the door and the one who opens it
            <path d="M106 150V92a24 24 0 0 1 48 0v58z" fill="#e0b45a"></path>
            <path d="M106 150V92a24 24 0 0 1 48 0v58" stroke="#8a4b00" stroke-width="3"></path>
            <path d="M106 150V90l-20-8v74z" fill="#0a5c59"></path>
            <circle cx="92" cy="120" r="2.5" fill="#e0b45a"></circle>
            <circle cx="132" cy="108" r="9" fill="#17262b"></circle>
            <path d="M116 150c0-20 5-30 16-30s16 10 16 30z" fill="#9f1d14"></path>
            <path d="M126 105a7 8 0 0 0 13 0v6a7 7 0 0 1-13 0z" fill="#c98a5b"></path>
            // the stall on the right
            <path d="M212 150v-44M254 150v-44" stroke="#17262b" stroke-width="3"></path>
            <path d="M206 106h54l-6-18h-42z" fill="#0a5c59"></path>
            <path d="M219.5 88 217 106h11l1-18zM239 88l1 18h11l-3-18z" fill="#fbfaf6"></path>
            <path d="M209 128h48v22h-48z" fill="#e0b45a"></path>
            <path d="M217 128a8 8 0 0 1 16 0M235 128a6 6 0 0 1 12 0" fill="#9f1d14"></path>
            // the plant on the left
            <path d="M24 150h20l3-18H21z" fill="#8a4b00"></path>
            <path d="M34 132c-14-6-18-20-16-30 10 4 16 14 16 30zM34 132c0-18 8-28 20-30 2 14-6 26-20 30zM34 132c-6-14-4-30 2-38 8 10 6 26-2 38z" fill="#17603a"></path>
            // the border on the lintel
            <path d="M112 60h36" stroke="#e0b45a" stroke-width="5" stroke-dasharray="9 4.5"></path>
        </svg>
    }
    .into_any()
}
