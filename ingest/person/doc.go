// Package person reads what identifies people, and hides it.
//
// An ID number, a phone and an address leave this package in three forms
// only: a key to join on, a mask to show, and a sealed copy that the holder of
// the site's key can open.
package person
