//! The office from outside: the desk in the browser and its commands, the program with its sub-commands, people and
//! their roles. One program, so that what they share is compiled once.

mod assist;
mod backup_round;
mod content_desk;
mod desk_commands;
mod desk_journey;
mod guard;
mod loket;
mod loket_permits;
mod loket_rooms;
mod loket_world;
mod permit_pages;
mod program;
mod releases;
mod serve;
mod staff_applications;
mod staff_office;
mod staff_sessions;
mod staff_world;
